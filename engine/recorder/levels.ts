// Stored batches in; chunks of 1 s, 10 s and 60 s out when their time has passed, and the totals of keys. Next: recorder.ts writes them.
import { crc32 } from "../../shared/crc32.ts";
import type { RawDeltas } from "../../shared/records.ts";
import { encodeDeltas } from "../store/deltas.ts";
import { type Resolution, resolutions } from "../store/schema.ts";
import type { Chunk } from "../store/writer.ts";
import { Accumulator } from "../store/accumulator.ts";

interface Level {
  readonly resolution: Resolution;
  readonly sums: Accumulator;
  /** End of the open interval in milliseconds; 0 while none is open. */
  end: number;
}

/** What has been closed but not yet committed stays here, so that a transaction that fails loses nothing. */
export class Levels {
  readonly #levels: readonly Level[] = resolutions.slice(1).map((resolution) => ({ resolution, sums: new Accumulator(), end: 0 }));
  readonly #totals = new Accumulator();
  readonly #written = new Map<Resolution, number>();
  #closed: Chunk[] = [];
  #summedTo = 0;
  #totalsDue = false;

  /** A batch that is in the file. */
  add(deltas: RawDeltas, t: number): void {
    this.#into(0, deltas, t);
  }

  /** Closes the intervals that end before `t`, the finest first because each is made of the one before. */
  close(t: number): void {
    for (const [index, level] of this.#levels.entries()) {
      if (level.end === 0 || t <= level.end) continue;
      const deltas = level.sums.rows();
      const bytes = encodeDeltas(deltas);
      this.#closed.push({ resolution: level.resolution, t: level.end, deltas, bytes, crc: crc32(bytes) });
      this.#into(index + 1, deltas, level.end);
      if (index === 0) this.#sum(deltas, level.end);
      else this.#totalsDue = true;
      level.sums.clear();
      level.end = 0;
    }
  }

  get closed(): readonly Chunk[] {
    return this.#closed;
  }
  /** Totals to be written with the closed chunks; undefined when they can wait for the next ten seconds. */
  get totals(): { readonly rows: RawDeltas; readonly t: number } | undefined {
    return this.#totalsDue ? { rows: this.#totals.rows(), t: this.#summedTo } : undefined;
  }
  /** End of the last chunk of a resolution that is in the file. */
  written(resolution: Resolution): number {
    return this.#written.get(resolution) ?? 0;
  }

  /** What `closed` and `totals` gave is in the file. */
  committed(): void {
    for (const chunk of this.#closed) this.#written.set(chunk.resolution, chunk.t);
    this.#closed = [];
    if (this.#totalsDue) this.#totals.settle();
    this.#totalsDue = false;
  }

  #into(index: number, deltas: RawDeltas, t: number): void {
    const level = this.#levels[index];
    if (level === undefined) return;
    level.sums.add(deltas);
    level.end = Math.max(1, Math.ceil(t / level.resolution)) * level.resolution;
  }

  #sum(deltas: RawDeltas, t: number): void {
    this.#totals.add(deltas);
    this.#summedTo = t;
  }
}
