// Followed objects, places and changes of reference counts in, rows out; every method is called inside a transaction of writer.ts.

import { type RawPlace, type RawWatched, type WatchState, watchStates } from "../../shared/records.ts";
import { hexadecimal } from "./hexadecimal.ts";
import { pack } from "./packed.ts";
import type { Connection, Statement } from "./sqlite.ts";
import { VarintWriter } from "./varints.ts";

export interface HistoryChunk {
  readonly t: number;
  readonly records: number;
  readonly bytes: Uint8Array;
  readonly crc: number;
}
export interface WatchedNow {
  readonly last: number;
  readonly state: WatchState;
  readonly produced: number;
  readonly dropped: number;
  readonly stored: number;
}

const sql = {
  watched: "INSERT OR REPLACE INTO watched VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, ?)",
  now: "UPDATE watched SET last = ?, state = ?, produced = ?, dropped = ?, stored = ? WHERE id = ?",
  place: "INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?)",
  chunk: "INSERT INTO history_chunk VALUES (?, ?, ?, ?, ?)",
  sampled: "INSERT OR REPLACE INTO counted VALUES ('sampled', ?, ?, ?)",
} as const satisfies Record<string, string>;

export class HistoryWriter {
  readonly #put: Readonly<Record<keyof typeof sql, Statement<unknown[]>>>;
  readonly #name: (text: string) => number;

  constructor(connection: Connection, name: (text: string) => number) {
    this.#name = name;
    const prepare = (of: keyof typeof sql) => connection.prepare(sql[of]);
    this.#put = {
      watched: prepare("watched"),
      now: prepare("now"),
      place: prepare("place"),
      chunk: prepare("chunk"),
      sampled: prepare("sampled"),
    };
  }

  /** `origin`: CLOCK_MONOTONIC nanoseconds of the recording's start. */
  watched({ id, address, type, count }: RawWatched, origin: number): void {
    this.#put.watched.run(id, hexadecimal(address), this.#name(type), count, count, Math.round(origin));
  }
  now(id: number, { last, state, produced, dropped, stored }: WatchedNow): void {
    this.#put.now.run(last, watchStates.indexOf(state), produced, dropped, stored, id);
  }
  /** Objects made at a site; of these: without a breakpoint, and followed. */
  sampled(made: number, missed: number, followed: number): void {
    this.#put.sampled.run(made, missed, followed);
  }
  place({ id, code, instruction, native }: RawPlace): void {
    const out = new VarintWriter();
    for (const address of native) out.address(address);
    this.#put.place.run(id, code, instruction, out.bytes());
  }
  chunk({ t, records, bytes, crc }: HistoryChunk): void {
    this.#put.chunk.run(t, records, bytes.length, crc, pack(bytes));
  }
}
