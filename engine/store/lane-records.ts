// What threads did in buckets of time in, the bytes of a lane chunk out, and back. Layout: docs/recording-format.md. Written by
// engine/recorder/lanes.ts, read by stored-lanes.ts.
import { Cursor } from "../../shared/cursor.ts";
import { VarintWriter } from "./varints.ts";

/** What a run of whole buckets was filled with. */
export const runKinds = { held: 0, waited: 1 } as const;
export type RunKind = (typeof runKinds)[keyof typeof runKinds];

/** Struct of arrays, a row `lengths[row]` buckets alike; nanoseconds and holds are those of each bucket. */
export interface LaneColumns {
  readonly length: number;
  readonly thread: Uint32Array;
  readonly bucket: Float64Array;
  readonly lengths: Float64Array;
  readonly held: Float64Array;
  readonly waited: Float64Array;
  readonly holds: Float64Array;
}

export class LaneRecords {
  readonly #out = new VarintWriter();
  #records = 0;
  #before = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  get records(): number {
    return this.#records;
  }
  get from(): number {
    return this.#from;
  }
  get to(): number {
    return this.#to;
  }

  cell(thread: number, bucket: number, held: number, waited: number, holds: number): void {
    this.#head(thread, bucket, 1);
    this.#out.unsigned(0);
    this.#out.unsigned(held);
    this.#out.unsigned(waited);
    this.#out.unsigned(holds);
  }
  /** Buckets that are full from end to end. */
  run(thread: number, bucket: number, length: number, kind: RunKind): void {
    this.#head(thread, bucket, length);
    this.#out.unsigned(2 * length + kind);
  }

  bytes(): Uint8Array {
    return this.#out.bytes();
  }
  clear(): void {
    this.#out.clear();
    this.#records = 0;
    this.#before = 0;
    this.#from = Number.POSITIVE_INFINITY;
    this.#to = Number.NEGATIVE_INFINITY;
  }

  #head(thread: number, bucket: number, length: number): void {
    this.#records++;
    this.#out.unsigned(thread);
    this.#out.signed(bucket - this.#before);
    this.#before = bucket;
    if (bucket < this.#from) this.#from = bucket;
    if (bucket + length - 1 > this.#to) this.#to = bucket + length - 1;
  }
}

/** @throws RangeError when the bytes end too early. `bucketNs`: what a full bucket holds. */
export function decodeLanes(bytes: Uint8Array, length: number, bucketNs: number): LaneColumns {
  if (length > bytes.length) throw new RangeError("more lane records than bytes");
  const column = () => new Float64Array(length);
  const columns = {
    length,
    thread: new Uint32Array(length),
    bucket: column(),
    lengths: column().fill(1),
    held: column(),
    waited: column(),
    holds: column(),
  };
  const cursor = new Cursor(bytes);
  let bucket = 0;
  for (let row = 0; row < length; row++) {
    columns.thread[row] = cursor.unsigned();
    bucket += cursor.signed();
    columns.bucket[row] = bucket;
    const tag = cursor.unsigned();
    if (tag === 0) {
      columns.held[row] = cursor.unsigned();
      columns.waited[row] = cursor.unsigned();
      columns.holds[row] = cursor.unsigned();
    } else {
      columns.lengths[row] = Math.floor(tag / 2);
      const full = tag % 2 === runKinds.held ? columns.held : columns.waited;
      full[row] = bucketNs;
    }
  }
  return columns;
}
