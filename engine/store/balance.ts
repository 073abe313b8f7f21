// What was produced, dropped at the source and stored in; counts for which produced = stored + dropped out. Used by the recorder and the reader.

import type { EventCounts, EventKind } from "../../shared/records.ts";
import { count } from "../../shared/units.ts";

export interface Counts {
  readonly produced: EventCounts;
  readonly stored: EventCounts;
  readonly dropped: EventCounts;
}

/** Produced less stored is dropped, and never less than the target itself says; when more came than it says, more was produced. */
export function balance(produced: EventCounts, droppedByTarget: EventCounts, stored: EventCounts): Counts {
  const each = (of: (kind: EventKind) => number): EventCounts => ({
    allocations: count(of("allocations")),
    frees: count(of("frees")),
    holds: count(of("holds")),
    errors: count(of("errors")),
  });
  const dropped = each((kind) => Math.max(droppedByTarget[kind], produced[kind] - stored[kind]));
  return { produced: each((kind) => stored[kind] + dropped[kind]), stored, dropped };
}

const kindsOf: Readonly<Record<string, readonly EventKind[]>> = {
  lifecycle: ["allocations", "frees"],
  gil: ["holds"],
  errors: ["errors"],
};

/** Without the kinds that were not collected: of these nothing is known, which is not zero. */
export function collectedCounts(counts: EventCounts, collected: readonly string[]): Record<string, number> {
  return Object.fromEntries(collected.flatMap((what) => (kindsOf[what] ?? []).map((kind) => [kind, counts[kind]])));
}
