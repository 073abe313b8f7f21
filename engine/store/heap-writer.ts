// Parts of a walk of the heap and what it added up to in, rows out; every method is called inside a transaction of writer.ts.
import { crc32 } from "node:zlib";
import { pack } from "./packed.ts";
import { chunksEach } from "./schema-heap.ts";
import type { Connection, Statement } from "./sqlite.ts";

export interface HeapSnapshotRow {
  readonly id: number;
  /** Microseconds since the recording began; the same for the next two, each on its own. */
  readonly t: number;
  readonly pause: number;
  readonly walk: number;
  readonly objects: number;
  readonly edges: number;
  readonly size: number;
  readonly chunks: number;
}

const sql = {
  snapshot: "INSERT INTO heap_snapshot VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  chunk: "INSERT INTO heap_chunk VALUES (?, ?, ?, ?)",
  drop: "DELETE FROM heap_chunk WHERE id >= ? AND id < ?",
} as const satisfies Record<string, string>;

export class HeapWriter {
  readonly #mask: (bytes: Uint8Array) => Uint8Array;
  readonly #put: Readonly<Record<keyof typeof sql, Statement<unknown[]>>>;

  /** `mask` is what each part goes through on its way into the file; it keeps its length. */
  constructor(connection: Connection, mask: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes) {
    this.#mask = mask;
    const prepare = (of: keyof typeof sql) => connection.prepare(sql[of]);
    this.#put = { snapshot: prepare("snapshot"), chunk: prepare("chunk"), drop: prepare("drop") };
  }

  chunk(snapshot: number, ordinal: number, part: Uint8Array): void {
    const bytes = this.#mask(part);
    this.#put.chunk.run(snapshot * chunksEach + ordinal, bytes.length, crc32(bytes), pack(bytes));
  }
  snapshot({ id, t, pause, walk, objects, edges, size, chunks }: HeapSnapshotRow): void {
    this.#put.snapshot.run(id, Math.round(t), Math.round(pause), Math.round(walk), objects, edges, size, chunks);
  }
  /** Of a walk that did not come to its end. */
  drop(snapshot: number): void {
    this.#put.drop.run(snapshot * chunksEach, (snapshot + 1) * chunksEach);
  }
}
