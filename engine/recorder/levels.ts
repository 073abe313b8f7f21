// Stored batches in; chunks of 1 s, 10 s and 60 s out when their time has passed, and the totals of keys. Next: recorder.ts writes them.
import { crc32 } from "node:zlib";
import type { RawDeltas } from "../../shared/records.ts";
import { Accumulator } from "../store/accumulator.ts";
import { encodeDeltas } from "../store/deltas.ts";
import { type Resolution, resolutions } from "../store/schema.ts";
import type { Chunk } from "../store/writer.ts";

interface Level {
  readonly resolution: Resolution;
  readonly sums: Accumulator;
  /** End of the open interval in milliseconds; 0 while none is open. */
  end: number;
}

/** Rarely, because each key is a row; a recorder that is killed leaves ten chunks of a minute to be added up. */
const totalsEveryMs = 600_000;

/** What the keys that changed add up to at `t`. */
export interface TotalRows {
  readonly rows: RawDeltas;
  readonly t: number;
}

/** What has been closed but not yet committed stays here, so that a transaction that fails loses nothing. */
export class Levels {
  readonly #levels: readonly Level[] = resolutions
    .slice(1)
    .map((resolution) => ({ resolution, sums: new Accumulator(), end: 0 }));
  readonly #totals = new Accumulator();
  readonly #written = new Map<Resolution, number>();
  #closed: Chunk[] = [];
  #totalRows: TotalRows[] = [];
  #sealedTo = 0;
  #writtenTotals = 0;

  /** Keys of which most bytes are live, the heaviest first; after `close(Infinity)` of all that was recorded. */
  heaviest(most: number): readonly number[] {
    return this.#totals.heaviest(most);
  }

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
      if (index === 0) this.#totals.add(deltas);
      if (index === this.#levels.length - 1) this.#sealTotals(level.end, t);
      level.sums.clear();
      level.end = 0;
    }
  }

  get closed(): readonly Chunk[] {
    return this.#closed;
  }
  /** Totals to be written with the closed chunks; they are written now and then, what came after is in the chunks. */
  get totals(): readonly TotalRows[] {
    return this.#totalRows;
  }
  /** To where the file could do without this resolution: coarser chunks, or the totals, tell the same. */
  coveredTo(resolution: Resolution): number {
    const coarser = resolutions[resolutions.indexOf(resolution) + 1];
    return coarser === undefined ? this.#writtenTotals : (this.#written.get(coarser) ?? 0);
  }

  /** What `closed` and `totals` gave is in the file. */
  committed(): void {
    for (const chunk of this.#closed) this.#written.set(chunk.resolution, chunk.t);
    this.#closed = [];
    this.#writtenTotals = this.#totalRows[this.#totalRows.length - 1]?.t ?? this.#writtenTotals;
    this.#totalRows = [];
  }

  #into(index: number, deltas: RawDeltas, t: number): void {
    const level = this.#levels[index];
    if (level === undefined) return;
    level.sums.add(deltas);
    level.end = Math.max(1, Math.ceil(t / level.resolution)) * level.resolution;
  }

  /** A minute ends where a second does, so the totals hold exactly what the chunks up to `t` do. */
  #sealTotals(t: number, now: number): void {
    if (now !== Number.POSITIVE_INFINITY && t - this.#sealedTo < totalsEveryMs) return;
    this.#totalRows.push({ rows: this.#totals.rows(), t });
    this.#totals.settle();
    this.#sealedTo = t;
  }
}
