// What a batch says of followed objects in, rows out; inside the batch's transaction. Used by recorder.ts; next: engine/store/history-writer.ts.
import type { RawBatch, RawChanges, RawPlace, RawWatched, RawWatchState } from "../../shared/records.ts";
import type { RecordingWriter } from "../store/writer.ts";
import type { NativePlace } from "./audit-recorder.ts";

export interface HistoryDefinitions {
  readonly places: readonly RawPlace[];
  readonly watched: readonly RawWatched[];
  /** Of a sample: objects made at its site so far. */
  readonly sampled: { readonly made: number; readonly missed: number } | undefined;
}
export interface ChangeCounts {
  readonly produced: number;
  readonly stored: number;
  readonly dropped: number;
}

/** Ids past these are none that an agent of ours gives. */
const mostPlaces = 1 << 20;

export class HistoryRecorder {
  readonly #stored = new Map<number, number>();
  readonly #states = new Map<number, RawWatchState>();
  /** Undefined while no object is followed. */
  get counts(): ChangeCounts | undefined {
    if (this.#states.size === 0) return undefined;
    const states = [...this.#states.values()];
    const stored = [...this.#stored.values()].reduce((sum, count) => sum + count, 0);
    const produced = states.reduce((sum, state) => sum + Math.max(state.produced, this.#storedOf(state.id)), 0);
    return { produced, stored, dropped: Math.max(0, produced - stored) };
  }

  /** What comes from the target; first in its transaction, because it may be refused. */
  writeRaw(
    writer: RecordingWriter,
    batch: RawBatch,
    { places, watched, sampled }: HistoryDefinitions,
    { t, origin }: { readonly t: number; readonly origin: number },
  ): void {
    for (const object of watched) writer.history.watched(object, origin);
    for (const place of places) if (place.id < mostPlaces) writer.history.place(place);
    if (sampled) writer.history.sampled(sampled.made, sampled.missed, batch.watched.length);
    const { changes, changeBytes, changeCrc } = batch;
    if (changes.length > 0) writer.history.chunk({ t, records: changes.length, bytes: changeBytes, crc: changeCrc });
  }

  /** What the batch adds up to; last in its transaction, because it cannot be taken back here. */
  writeSums(writer: RecordingWriter, { changes, watched }: RawBatch): void {
    for (const [id, more] of countsOf(changes)) this.#stored.set(id, this.#storedOf(id) + more);
    for (const state of watched) {
      this.#states.set(state.id, state);
      const stored = this.#storedOf(state.id);
      const produced = Math.max(state.produced, stored);
      const dropped = Math.max(state.dropped, 0);
      writer.history.now(state.id, { last: state.count, state: state.state, produced, dropped, stored });
    }
  }

  #storedOf(id: number): number {
    return this.#stored.get(id) ?? 0;
  }
}

/** Each is behind the instruction that is meant: the write, or a call. */
export const changePlaces = ({ places }: HistoryDefinitions): readonly NativePlace[] =>
  places.flatMap(({ native }) => native.map((address) => ({ address, returns: true })));

function countsOf({ length, object }: RawChanges): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (let row = 0; row < length; row++) {
    const id = object[row] ?? 0;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
