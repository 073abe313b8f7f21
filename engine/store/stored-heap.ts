// A file for reading in; the heap snapshots that it holds, out. Used by reader.ts; next: engine/analysis/heap/recorded-snapshots.ts.
import { crc32 } from "node:zlib";
import { WireError } from "../../shared/wire-error.ts";
import type { HeapSnapshotRow } from "./heap-writer.ts";
import { unpack } from "./packed.ts";
import { boundedBlob, bytesAt, longestBlob, numberAt, type Row, readableRows, type Source } from "./rows.ts";
import { chunksEach } from "./schema-heap.ts";

const mostSnapshots = 10_000;

export class StoredHeap {
  readonly snapshots: readonly HeapSnapshotRow[];
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
    const query = `SELECT id, t, pause, walk, objects, edges, size, chunks FROM heap_snapshot ORDER BY id LIMIT ${mostSnapshots}`;
    this.snapshots = Array.from(readableRows(source, query), rowOf);
  }

  /** The parts of a walk in their order. @throws WireError where one is damaged or missing: a graph with a hole in it would say what is not so. */
  *parts({ id, chunks }: HeapSnapshotRow): Generator<Uint8Array> {
    const query = `SELECT id, size, crc, ${boundedBlob("walk")} FROM heap_chunk WHERE id >= ? AND id < ? ORDER BY id`;
    let next = id * chunksEach;
    for (const row of readableRows(this.#source, query, next, next + chunksEach)) {
      if (numberAt(row, 0) !== next++) throw new WireError("a part of it is missing");
      const bytes = unpacked(row);
      if (crc32(bytes) !== numberAt(row, 2)) throw new WireError("a part of it is damaged");
      yield bytes;
    }
    if (next !== id * chunksEach + chunks) throw new WireError("a part of it is missing");
  }
}

function unpacked(row: Row): Uint8Array {
  try {
    return unpack(bytesAt(row, 3), Math.min(longestBlob, numberAt(row, 1)));
  } catch (error) {
    if (error instanceof RangeError) throw new WireError("a part of it is damaged");
    throw error;
  }
}

function rowOf(row: Row): HeapSnapshotRow {
  const at = (column: number) => Math.max(0, numberAt(row, column));
  const [id, t, pause, walk] = [at(0), at(1), at(2), at(3)];
  return { id, t, pause, walk, objects: at(4), edges: at(5), size: at(6), chunks: at(7) };
}
