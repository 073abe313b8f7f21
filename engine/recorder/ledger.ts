// Batch headers and what was stored of them in; produced = stored + dropped for each kind, and what disagrees, out. Used by recorder.ts.
import type { DisarmReply } from "../../shared/agent-protocol.ts";
import { type EventCounts, type EventKind, eventKinds, type RawBatch } from "../../shared/records.ts";
import { count } from "../../shared/units.ts";
import { balance, type Counts } from "../store/balance.ts";
import { errorsIn } from "./error-recorder.ts";

const each = (of: (kind: EventKind) => number): EventCounts => ({
  allocations: count(of("allocations")),
  frees: count(of("frees")),
  holds: count(of("holds")),
  errors: count(of("errors")),
});
const none = each(() => 0);

export class Ledger {
  #produced = none;
  #droppedByTarget = none;
  #stored = none;
  #sequence = -1;
  #missing = 0;
  #sawLast = false;

  get sequence(): number {
    return this.#sequence;
  }

  /** The counts as they are once this batch is stored. */
  with(batch: RawBatch): Counts {
    return balance(batch.produced, batch.dropped, plus(this.#stored, eventsOf(batch)));
  }

  /** The batch is in the file. */
  add(batch: RawBatch): void {
    if (this.#sequence >= 0) this.#missing += batch.sequence - this.#sequence - 1;
    this.#sequence = batch.sequence;
    this.#produced = batch.produced;
    this.#droppedByTarget = batch.dropped;
    this.#stored = plus(this.#stored, eventsOf(batch));
    this.#sawLast = batch.last;
  }

  /** `source`: as the target counted them apart from the batches. */
  counts(source?: DisarmReply): Counts {
    const produced = source ? each((kind) => source[kind]) : this.#produced;
    return balance(produced, this.#droppedByTarget, this.#stored);
  }

  /** What a reader must know about the counts, at the end. */
  remarks(source: DisarmReply | undefined): readonly string[] {
    const remarks: string[] = [];
    if (this.#missing > 0)
      remarks.push(`${this.#missing} batches did not arrive; their events are counted as dropped.`);
    if (!this.#sawLast)
      remarks.push(
        "The last batch of the target did not arrive: what happened after the batch before it is not known.",
      );
    for (const kind of eventKinds) {
      const surplus = this.#surplus(kind, source);
      if (surplus > 0)
        remarks.push(
          `The target counted ${surplus} ${kind} fewer than it sent; the counts here are those that were sent.`,
        );
    }
    return remarks;
  }

  #surplus(kind: EventKind, source: DisarmReply | undefined): number {
    return this.#stored[kind] + this.#droppedByTarget[kind] - (source?.[kind] ?? this.#produced[kind]);
  }
}

const plus = (a: EventCounts, b: EventCounts): EventCounts => each((kind) => a[kind] + b[kind]);

function eventsOf({ deltas, holds, errors }: RawBatch): EventCounts {
  let [allocations, frees] = [0, 0];
  for (let row = 0; row < deltas.length; row++) {
    allocations += deltas.allocations[row] ?? 0;
    frees += deltas.frees[row] ?? 0;
  }
  const sums = { allocations, frees, holds: holds.length, errors: errorsIn(errors) };
  return each((kind) => sums[kind]);
}
