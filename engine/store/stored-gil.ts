// A connection for reading in; what the recording says of the GIL out, each table read when it is asked for. Used by reader.ts.
import type { RawHolds, RawSample, RawThread } from "../../shared/records.ts";
import { nanoseconds } from "../../shared/units.ts";
import { decodeHolds } from "../../shared/wire-gil.ts";
import type { BlameTotals, GilFacts, GilReader, LaneRow, LongHoldRow, ThreadTotals } from "./gil-reader.ts";
import { type GilState, readGilState } from "./gil-state.ts";
import { intact } from "./intact.ts";
import { addressesOf, numbersOf } from "./numbers.ts";
import { unpack } from "./packed.ts";
import { boundedBlob, bytesAt, mostRows, numberAt, type Row, readableRow, readableRows } from "./rows.ts";
import { holdChunks, laneResolutions } from "./schema-gil.ts";
import { type LaneSource, readLaneRows } from "./stored-lanes.ts";
import { readThreadBlame, readThreads, readThreadTotals } from "./stored-threads.ts";

const largestChunk = 64 * 2 ** 20;
const mostFrames = 64;

/** Chunks that reach into a range, told from the index alone. */
const inRange = (columns: string) =>
  `SELECT ${columns} FROM hold_chunk INDEXED BY hold_span WHERE t > ? AND from_ns < ? AND to_ns > ?`;
/** A batch's time is rounded to a millisecond: what it brought may be that much later. */
const limitsOf = (fromMs: number, toMs: number) => [
  Math.floor(fromMs) - 1,
  Math.ceil(toMs * 1e6),
  Math.floor(fromMs * 1e6),
];

export class StoredGil implements GilReader {
  readonly laneResolutions: readonly number[] = laneResolutions;
  readonly #source: LaneSource;
  readonly #thresholdMs: number;
  readonly #state: GilState;
  #threads: ReadonlyMap<number, RawThread> | undefined;

  constructor(source: LaneSource, thresholdMs: number) {
    this.#source = source;
    this.#thresholdMs = thresholdMs;
    this.#state = readGilState(source.connection);
  }

  get facts(): GilFacts {
    const { originNs, now } = this.#state;
    return {
      switches: this.#sum("SELECT total(switched) FROM gil_total"),
      switchesCounted: now?.gil.switches,
      intervalMicroseconds: now?.gil.intervalMicroseconds ?? 0,
      thresholdMs: this.#thresholdMs,
      originNs,
      detailFromMs: this.#source.trimmed(holdChunks),
    };
  }
  get threads(): ReadonlyMap<number, RawThread> {
    this.#threads ??= readThreads(this.#source);
    return this.#threads;
  }
  get now(): GilReader["now"] {
    return this.#state.now;
  }

  totals(): readonly ThreadTotals[] {
    return readThreadTotals(this.#source);
  }
  blame(): readonly BlameTotals[] {
    return readThreadBlame(this.#source, this.#state.openBlame);
  }

  longHolds(): readonly LongHoldRow[] {
    const columns = `id, thread, acquired, held, waited, unfinished, ${boundedBlob("waiters")}`;
    return this.#rows(columns, "long_hold ORDER BY id", (row) => ({
      index: numberAt(row, 0),
      thread: numberAt(row, 1),
      acquiredMs: numberAt(row, 2) / 1e6,
      heldMs: numberAt(row, 3) / 1e6,
      waitedMs: numberAt(row, 4) / 1e6,
      unfinished: numberAt(row, 5) === 1,
      waiters: numbersOf(bytesAt(row, 6)),
    }));
  }

  samples(): readonly RawSample[] {
    const columns = `hold, thread, at, ${boundedBlob("frames")}, ${boundedBlob("native")}`;
    return this.#rows(columns, "sample ORDER BY id", (row) => {
      const numbers = numbersOf(bytesAt(row, 3), 2 * mostFrames);
      const frame = (at: number) => ({ code: numbers[2 * at] ?? 0, instruction: numbers[2 * at + 1] ?? 0 });
      const frames = Array.from({ length: Math.floor(numbers.length / 2) }, (_, at) => frame(at));
      const native = addressesOf(bytesAt(row, 4), mostFrames);
      return { hold: numberAt(row, 0), thread: numberAt(row, 1), at: nanoseconds(numberAt(row, 2)), frames, native };
    });
  }

  *holds(fromMs: number, toMs: number): Generator<RawHolds> {
    const { damage } = this.#source;
    const columns = `records, size, crc, ${boundedBlob("holds")}`;
    const query = `SELECT ${columns} FROM hold_chunk WHERE t IN (${inRange("t")}) ORDER BY t`;
    for (const row of readableRows(this.#source, query, ...limitsOf(fromMs, toMs))) {
      const bytes = () => unpack(bytesAt(row, 3), Math.min(largestChunk, numberAt(row, 1)));
      const holds = intact(damage, numberAt(row, 2), bytes, (there) => decodeHolds(there, numberAt(row, 0)));
      if (holds) yield fromOrigin(holds, this.#state.originNs);
    }
  }
  countHolds(fromMs: number, toMs: number): number {
    return this.#sum(inRange("total(records)"), ...limitsOf(fromMs, toMs));
  }

  lanes(resolutionMs: number, fromMs: number, toMs: number): Iterable<LaneRow> {
    return readLaneRows(this.#source, resolutionMs, fromMs, toMs);
  }

  #rows<T>(columns: string, table: string, read: (row: Row) => T): readonly T[] {
    return Array.from(readableRows(this.#source, `SELECT ${columns} FROM ${table} LIMIT ${mostRows}`), read);
  }
  #sum(query: string, ...values: readonly number[]): number {
    const [sum] = readableRow(this.#source, query, ...values) ?? [];
    return typeof sum === "number" ? Math.round(sum) : 0;
  }
}

/** `holds` was decoded for this reader alone. */
function fromOrigin(holds: RawHolds, originNs: number): RawHolds {
  for (let row = 0; row < holds.length; row++) holds.released[row] = (holds.released[row] ?? 0) - originNs;
  return holds;
}
