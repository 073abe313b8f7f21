// What threads did from one time to another in; chunks of buckets at each resolution out: a level-of-detail pyramid that is written
// once and never changed. Next: gil-recorder.ts has them stored.
import { crc32 } from "node:zlib";
import type { LaneChunk } from "../store/gil-writer.ts";
import { LaneRecords, type RunKind, runKinds } from "../store/lane-records.ts";
import { laneFactor, laneResolutions } from "../store/schema-gil.ts";
import type { HoldColumns } from "./hold-columns.ts";
import { grown, type ThreadSlots } from "./thread-slots.ts";

/** One resolution: the bucket that each thread is in, and the records of those it has left. */
class Level {
  readonly bucketNs: number;
  readonly #next: Level | undefined;
  readonly #slots: ThreadSlots;
  readonly #records = new LaneRecords();
  /** Bucket of each thread; -1: none is begun. */
  #bucket = new Float64Array(0);
  #held = new Float64Array(0);
  #waited = new Float64Array(0);
  #holds = new Float64Array(0);
  #begun: number[] = [];

  constructor(bucketNs: number, slots: ThreadSlots, next: Level | undefined) {
    this.bucketNs = bucketNs;
    this.#slots = slots;
    this.#next = next;
  }

  reach(capacity: number): void {
    this.#bucket = grown(this.#bucket, new Float64Array(capacity).fill(-1));
    this.#held = grown(this.#held, new Float64Array(capacity));
    this.#waited = grown(this.#waited, new Float64Array(capacity));
    this.#holds = grown(this.#holds, new Float64Array(capacity));
    this.#next?.reach(capacity);
  }

  add(slot: number, bucket: number, held: number, waited: number, holds: number): void {
    const there = this.#bucket[slot] ?? -1;
    if (there !== bucket) {
      if (there < 0) this.#begun.push(slot);
      else this.#leave(slot, there);
      this.#bucket[slot] = bucket;
    }
    this.#held[slot] = (this.#held[slot] ?? 0) + held;
    this.#waited[slot] = (this.#waited[slot] ?? 0) + waited;
    this.#holds[slot] = (this.#holds[slot] ?? 0) + holds;
  }

  /** Buckets that are full; a record whatever their number. */
  run(slot: number, first: number, length: number, kind: RunKind): void {
    this.#records.run(this.#slots.idOf(slot), first, length, kind);
    const next = this.#next;
    if (!next) return;
    const end = first + length;
    const whole = [Math.ceil(first / laneFactor), Math.floor(end / laneFactor)] as const;
    if (whole[0] >= whole[1]) return this.#parts(next, slot, first, end, kind);
    this.#parts(next, slot, first, whole[0] * laneFactor, kind);
    next.run(slot, whole[0], whole[1] - whole[0], kind);
    this.#parts(next, slot, whole[1] * laneFactor, end, kind);
  }

  /** Everything that was added since the last time. */
  take(level: number, t: number): LaneChunk | undefined {
    for (const slot of this.#begun) {
      this.#leave(slot, this.#bucket[slot] ?? 0);
      this.#bucket[slot] = -1;
    }
    this.#begun = [];
    const { records, from, to } = this.#records;
    if (records === 0) return undefined;
    const bytes = this.#records.bytes();
    this.#records.clear();
    return { level, t, from, to, records, crc: crc32(bytes), bytes };
  }

  #leave(slot: number, bucket: number): void {
    const held = this.#held[slot] ?? 0;
    const waited = this.#waited[slot] ?? 0;
    const holds = this.#holds[slot] ?? 0;
    this.#records.cell(this.#slots.idOf(slot), bucket, held, waited, holds);
    this.#next?.add(slot, Math.floor(bucket / laneFactor), held, waited, holds);
    this.#held[slot] = 0;
    this.#waited[slot] = 0;
    this.#holds[slot] = 0;
  }

  /** Full buckets from `first` to `end` that are not all of a coarser one. */
  #parts(next: Level, slot: number, first: number, end: number, kind: RunKind): void {
    for (let at = first; at < end; ) {
      const bucket = Math.floor(at / laneFactor);
      const until = Math.min(end, (bucket + 1) * laneFactor);
      const ns = (until - at) * this.bucketNs;
      if (kind === runKinds.held) next.add(slot, bucket, ns, 0, 0);
      else next.add(slot, bucket, 0, ns, 0);
      at = until;
    }
  }
}

export class Lanes {
  readonly #levels: readonly Level[];
  readonly #finest: Level;
  #batches = 0;

  constructor(slots: ThreadSlots) {
    let finest: Level | undefined;
    const levels: Level[] = [];
    for (const resolution of [...laneResolutions].reverse()) {
      finest = new Level(resolution * 1e6, slots, finest);
      levels.unshift(finest);
    }
    this.#levels = levels;
    this.#finest = finest ?? new Level(1e6, slots, undefined);
  }

  reach(capacity: number): void {
    this.#finest.reach(capacity);
  }

  add({ length, slot, requested, acquired, released }: HoldColumns): void {
    const finest = this.#finest;
    const { bucketNs } = finest;
    // Of the last span: the next is most often in the same bucket, divisions are slow, and numbers that are passed on are boxed.
    let bucket = -1;
    let start = 0;
    let end = 0;
    for (let row = 0; row < length; row++) {
      const of = slot[row] ?? 0;
      const from = requested[row] ?? 0;
      const begin = acquired[row] ?? 0;
      const until = released[row] ?? 0;
      if (from >= start && until < end) {
        finest.add(of, bucket, until - begin, begin - from, 1);
        continue;
      }
      if (from < begin) this.#span(of, from, begin, runKinds.waited, 0);
      this.#span(of, begin, until, runKinds.held, 1);
      bucket = Math.max(0, Math.floor(until / bucketNs));
      start = bucket * bucketNs;
      end = start + bucketNs;
    }
  }

  /** The chunks to be stored with a batch: each resolution a fourth as often as the one before; at the end, all of them. */
  take(t: number, last: boolean): readonly LaneChunk[] {
    this.#batches++;
    // The finest first: what it leaves goes into the next.
    return this.#levels.flatMap((of, level) => {
      const due = last || this.#batches % laneFactor ** level === 0;
      return (due ? of.take(level, t) : undefined) ?? [];
    });
  }

  /** A wait or a hold; `holds` is 1 where one ended. What came before the recording is left out. */
  #span(slot: number, from: number, to: number, kind: RunKind, holds: number): void {
    if (to < 0) return;
    const { bucketNs } = this.#finest;
    const start = Math.max(0, from);
    const first = Math.floor(start / bucketNs);
    const last = Math.floor(to / bucketNs);
    if (first >= last) return this.#part(slot, last, to - start, kind, holds);
    this.#part(slot, first, (first + 1) * bucketNs - start, kind, 0);
    if (last > first + 1) this.#finest.run(slot, first + 1, last - first - 1, kind);
    this.#part(slot, last, to - last * bucketNs, kind, holds);
  }

  #part(slot: number, bucket: number, ns: number, kind: RunKind, holds: number): void {
    if (kind === runKinds.held) this.#finest.add(slot, bucket, ns, 0, holds);
    else this.#finest.add(slot, bucket, 0, ns, 0);
  }
}
