// Error keys, counts, messages and calls in, rows out; every method is called inside a transaction of writer.ts.
import { errorActs, type RawCall, type RawErrorKey, type RawMessage } from "../../shared/records.ts";
import type { Connection, Statement } from "./sqlite.ts";

export interface ErrorChunk {
  readonly t: number;
  readonly records: number;
  /** Sum over its keys. */
  readonly errors: number;
  readonly bytes: Uint8Array;
  readonly crc: number;
}

const sql = {
  key: "INSERT OR REPLACE INTO error_key VALUES (?, ?, ?, ?)",
  chunk: "INSERT INTO error_chunk VALUES (?, ?, ?, ?, ?)",
  total: "INSERT OR REPLACE INTO error_total VALUES (?, ?, ?)",
  message: "INSERT OR IGNORE INTO message VALUES (?, ?)",
  call: "INSERT OR REPLACE INTO call VALUES (?, ?, ?)",
  callTotal: "INSERT OR REPLACE INTO call_total VALUES (?, ?)",
} as const satisfies Record<string, string>;

export class ErrorWriter {
  readonly #put: Readonly<Record<keyof typeof sql, Statement<unknown[]>>>;
  readonly #name: (text: string) => number;

  constructor(connection: Connection, name: (text: string) => number) {
    this.#name = name;
    const prepare = (of: keyof typeof sql) => connection.prepare(sql[of]);
    this.#put = {
      key: prepare("key"),
      chunk: prepare("chunk"),
      total: prepare("total"),
      message: prepare("message"),
      call: prepare("call"),
      callTotal: prepare("callTotal"),
    };
  }

  key({ id, act, type, site }: RawErrorKey): void {
    this.#put.key.run(id, errorActs.indexOf(act), type, site);
  }
  chunk({ t, records, errors, crc, bytes }: ErrorChunk): void {
    this.#put.chunk.run(t, records, errors, crc, bytes);
  }
  total(key: number, count: number, chained: number): void {
    this.#put.total.run(key, count, chained);
  }
  /** The first one of a key stays. */
  message({ key, text }: RawMessage): void {
    this.#put.message.run(key, text);
  }
  call({ id, function: name, module }: RawCall): void {
    this.#put.call.run(id, this.#name(name), this.#name(module));
  }
  callTotal(id: number, calls: number): void {
    this.#put.callTotal.run(id, calls);
  }
}
