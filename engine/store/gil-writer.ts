// What engine/recorder made of a batch's holds in, rows out; every method is called inside a transaction of writer.ts.
import type { RawGil, RawSample, RawThread } from "../../shared/records.ts";
import { encodeNumbers } from "./deltas.ts";
import { pack } from "./packed.ts";
import type { Connection, Statement } from "./sqlite.ts";
import { VarintWriter } from "./varints.ts";
import { whole } from "./whole.ts";

export interface HoldChunk {
  readonly t: number;
  readonly records: number;
  /** Index of the first hold. */
  readonly first: number;
  /** The earliest request and the last release. */
  readonly fromNs: number;
  readonly toNs: number;
  readonly bytes: Uint8Array;
  readonly crc: number;
}
export interface LaneChunk {
  readonly level: number;
  readonly t: number;
  readonly from: number;
  readonly to: number;
  readonly records: number;
  readonly crc: number;
  readonly bytes: Uint8Array;
}
export interface TotalRow {
  readonly thread: number;
  readonly holds: number;
  readonly held: number;
  readonly waits: number;
  readonly waited: number;
  readonly forced: number;
  readonly switched: number;
  readonly holdMax: number;
  readonly waitMax: number;
}
export interface Spread {
  readonly thread: number;
  readonly holds: Uint8Array;
  readonly waits: Uint8Array;
  readonly blame: Uint8Array;
}
export interface LongHoldEntry {
  readonly index: number;
  readonly thread: number;
  readonly acquired: number;
  readonly held: number;
  readonly waited: number;
  readonly unfinished: boolean;
  readonly waiters: readonly number[];
}

const sql = {
  thread: "INSERT OR REPLACE INTO thread VALUES (?, ?, ?, ?)",
  chunk: "INSERT INTO hold_chunk VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  lane: "INSERT INTO lane VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
  total: "INSERT OR REPLACE INTO gil_total VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  spread: "INSERT OR REPLACE INTO gil_spread VALUES (?, ?, ?, ?)",
  longHold: "INSERT OR REPLACE INTO long_hold VALUES (?, ?, ?, ?, ?, ?, ?)",
  forgetLongHold: "DELETE FROM long_hold WHERE id = ?",
  sample: "INSERT INTO sample VALUES (NULL, ?, ?, ?, ?, ?)",
  forgetSamples: "DELETE FROM sample WHERE hold = ?",
  state: "INSERT OR REPLACE INTO gil_state VALUES (1, ?, ?, ?, ?, ?, ?)",
} as const satisfies Record<string, string>;

export class GilWriter {
  /** Bytes that the chunks of holds take in the file. */
  holdBytes = 0;
  readonly #put: Readonly<Record<keyof typeof sql, Statement<unknown[]>>>;
  readonly #name: (text: string) => number;
  readonly #varints = new VarintWriter();

  constructor(connection: Connection, name: (text: string) => number) {
    this.#name = name;
    const prepare = (of: keyof typeof sql) => connection.prepare(sql[of]);
    this.#put = {
      thread: prepare("thread"),
      chunk: prepare("chunk"),
      lane: prepare("lane"),
      total: prepare("total"),
      spread: prepare("spread"),
      longHold: prepare("longHold"),
      forgetLongHold: prepare("forgetLongHold"),
      sample: prepare("sample"),
      forgetSamples: prepare("forgetSamples"),
      state: prepare("state"),
    };
  }

  thread({ id, tid, name, kernelName }: RawThread): void {
    const nameId = (text: string | undefined) => (text === undefined ? null : this.#name(text));
    this.#put.thread.run(id, tid, nameId(name), nameId(kernelName));
  }

  chunk({ t, records, first, fromNs, toNs, bytes, crc }: HoldChunk): void {
    const packed = pack(bytes);
    this.#put.chunk.run(t, records, first, whole(fromNs), whole(toNs), bytes.length, crc, packed);
    this.holdBytes += packed.length;
  }
  lane({ level, t, from, to, records, crc, bytes }: LaneChunk): void {
    this.#put.lane.run(level, t, whole(from), whole(to), records, crc, bytes);
  }
  total(row: TotalRow): void {
    const { thread, holds, held, waits, waited, forced, switched, holdMax, waitMax } = row;
    const numbers = [holds, held, waits, waited, forced, switched, holdMax, waitMax].map(whole);
    this.#put.total.run(thread, ...numbers);
  }
  spread({ thread, holds, waits, blame }: Spread): void {
    this.#put.spread.run(thread, holds, waits, blame);
  }
  longHold({ index, thread, acquired, held, waited, unfinished, waiters }: LongHoldEntry): void {
    const numbers = [index, thread, acquired, held, waited].map(whole);
    this.#put.longHold.run(...numbers, unfinished ? 1 : 0, encodeNumbers(waiters));
  }
  /** And its samples. */
  forgetLongHold(index: number): void {
    this.#put.forgetLongHold.run(index);
    this.#put.forgetSamples.run(index);
  }
  sample({ hold, thread, at, frames, native }: RawSample): void {
    const numbers = frames.flatMap((frame) => [frame.code, frame.instruction]);
    const out = this.#varints;
    out.clear();
    for (const address of native) out.address(address);
    this.#put.sample.run(hold, thread, whole(at), encodeNumbers(numbers), out.bytes());
  }

  /** `blame`: of the waits that are still open, as triples of waiter, holder and nanoseconds. Without a GIL the origin alone is known. */
  state(t: number, origin: number, gil: RawGil | undefined, blame: readonly number[]): void {
    const open = (gil?.open ?? []).flatMap(({ thread, state, since }) => [thread, state === "waiting" ? 1 : 0, since]);
    const known = [gil?.switches ?? null, gil?.intervalMicroseconds ?? 0];
    this.#put.state.run(t, whole(origin), ...known, encodeNumbers(open.map(whole)), encodeNumbers(blame.map(whole)));
  }
}
