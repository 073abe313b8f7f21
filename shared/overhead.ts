// How fast events come and of which kinds they are in, the part of a core that following them takes from the target out. Next: the top bar.
import type { EventKind } from "./records.ts";

interface Cost {
  /** Nanoseconds of the target's CPU time for one event: the least and the most that was measured. */
  readonly least: number;
  readonly most: number;
}

/** docs/safety.md says how and on what they were measured. Of an allocation and a free: with one frame, and with sixteen. */
export const costs: Readonly<Record<EventKind, Cost>> = {
  allocations: { least: 3, most: 20 },
  frees: { least: 3, most: 20 },
  holds: { least: 11, most: 44 },
  errors: { least: 10, most: 33 },
};

export interface Overhead {
  /** Parts of one core, 0.02 is 2 %. */
  readonly least: number;
  readonly most: number;
}

/**
 * Events a second now, shared out by the kinds that came so far. Undefined where a kind has no measured cost, or nothing came: unknown, which
 * is not nothing.
 */
export function overheadOf(perSecond: number, produced: Readonly<Record<string, number>>): Overhead | undefined {
  const kinds = Object.entries(produced);
  const all = kinds.reduce((sum, [, count]) => sum + count, 0);
  const known = kinds.flatMap(([kind, count]) => (isCosted(kind) ? [{ ...costs[kind], count }] : []));
  if (all === 0 || known.length < kinds.length) return undefined;
  const seconds = (of: "least" | "most") =>
    known.reduce((sum, cost) => sum + (perSecond * cost[of] * cost.count) / all / 1e9, 0);
  return { least: seconds("least"), most: seconds("most") };
}

const isCosted = (kind: string): kind is EventKind => Object.hasOwn(costs, kind);
