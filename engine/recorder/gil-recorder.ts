// What a batch says of the GIL in, rows out; inside the batch's transaction. Used by recorder.ts; next: engine/store/gil-writer.ts.
import {
  holdFlags,
  type RawBatch,
  type RawGil,
  type RawHolds,
  type RawSample,
  type RawThread,
} from "../../shared/records.ts";
import { otherThreads } from "../store/schema-gil.ts";
import type { RecordingWriter } from "../store/writer.ts";
import { HoldSums } from "./hold-sums.ts";
import { type Privacy, privateThread } from "./privacy.ts";

export interface GilDefinitions {
  readonly threads: readonly RawThread[];
  readonly samples: readonly RawSample[];
}

/** Of more samples than this the later ones are not kept: a hold that lasts is looked at again and again. */
const mostSamples = 200_000;

export class GilRecorder {
  readonly #sums: HoldSums;
  readonly #privacy: Privacy;
  #samples = 0;
  #samplesLeft = 0;
  #gil: RawGil | undefined;

  constructor(thresholdMs: number, privacy: Privacy) {
    this.#sums = new HoldSums(thresholdMs * 1e6);
    this.#privacy = privacy;
  }

  /** What comes from the target; first in its transaction, because it may be refused. */
  writeRaw(
    writer: RecordingWriter,
    { holds, holdBytes, holdCrc }: RawBatch,
    definitions: GilDefinitions,
    at: { t: number; origin: number },
  ): void {
    for (const thread of definitions.threads) writer.gil.thread(privateThread(thread, this.#privacy));
    for (const sample of definitions.samples) this.#sample(writer, sample);
    if (holds.length === 0) return;
    const [fromNs, toNs] = spanOf(holds, at.origin);
    const chunk = {
      t: at.t,
      records: holds.length,
      first: holds.index[0] ?? 0,
      fromNs,
      toNs,
      bytes: holdBytes,
      crc: holdCrc,
    };
    writer.gil.chunk(chunk);
  }

  /** What the batch adds up to; last in its transaction, because it cannot be taken back here. */
  writeSums(
    writer: RecordingWriter,
    { holds, gil, time }: RawBatch,
    { t, origin }: { t: number; origin: number },
  ): void {
    this.#sums.add(holds, origin);
    this.#writeChanged(writer, t, false);
    if (!gil && holds.length === 0) return;
    this.#gil = gil ?? this.#gil;
    writer.gil.state(t, origin, gil, gil ? this.#sums.openBlame(gil, origin, time - origin) : []);
  }

  /** In the last transaction. */
  finish(writer: RecordingWriter, t: number, origin: number): void {
    this.#sums.finish(this.#gil, origin);
    this.#writeChanged(writer, t, true);
  }

  /** What a reader must know, at the end. */
  remarks(): readonly string[] {
    const { longHoldsLeft, blameLost } = this.#sums;
    const left = this.#samplesLeft;
    return [
      ...(longHoldsLeft > 0
        ? [
            `${longHoldsLeft} long holds of the GIL are not listed: nobody, or for a shorter time than for the others, waited for them.`,
          ]
        : []),
      ...(left > 0 ? [`${left} samples of long holds of the GIL were not kept.`] : []),
      ...(blameLost > 0
        ? [
            `Who was waited for is kept for the first million pairs of threads: ${Math.round(blameLost / 1e6)} ms are not.`,
          ]
        : []),
    ];
  }

  #writeChanged(writer: RecordingWriter, t: number, last: boolean): void {
    for (const row of this.#sums.takeTotals()) writer.gil.total(row);
    for (const spread of this.#sums.takeSpreads(last)) writer.gil.spread(spread);
    const { changed, gone } = this.#sums.takeLongHolds();
    for (const hold of changed) writer.gil.longHold(hold);
    for (const index of gone) writer.gil.forgetLongHold(index);
    for (const lane of this.#sums.takeLanes(t, last)) writer.gil.lane(lane);
  }

  #sample(writer: RecordingWriter, sample: RawSample): void {
    if (this.#samples >= mostSamples) {
      this.#samplesLeft++;
      return;
    }
    this.#samples++;
    writer.gil.sample(sample);
  }
}

/** From the earliest request to the last release. */
function spanOf({ length, released, held, waited, flags }: RawHolds, origin: number): readonly [number, number] {
  let from = Number.POSITIVE_INFINITY;
  for (let row = 0; row < length; row++) {
    const acquired = (released[row] ?? 0) - (held[row] ?? 0);
    const request = (flags[row] ?? 0) & holdFlags.waited ? acquired - (waited[row] ?? 0) : acquired;
    if (request < from) from = request;
  }
  return [from - origin, (released[length - 1] ?? 0) - origin];
}

export function threadsAreOurs({ length, thread }: RawHolds): boolean {
  for (let row = 0; row < length; row++) if ((thread[row] ?? 0) >= otherThreads) return false;
  return true;
}
