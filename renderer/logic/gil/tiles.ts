// What is seen and how wide it is drawn in, the tiles that are needed for it out: buckets of 2ⁿ ms, 512 to a tile. Next: state/gil/tile-store.ts.
import type { GilHold } from "../../../shared/gil-views.ts";
import type { Span } from "./span.ts";
import type { Strip } from "./strip.ts";

export const tileBuckets = 512;
const [lowest, highest] = [-22, 20];

export interface TileId {
  readonly level: number;
  readonly index: number;
}
export interface Tile {
  readonly id: TileId;
  readonly strip: Strip;
  /** Each hold by itself, once they are few enough. */
  readonly holds: HoldIndex | undefined;
}
export interface HoldIndex {
  readonly inOrder: readonly GilHold[];
  readonly byThread: ReadonlyMap<number, readonly GilHold[]>;
}

/** The level whose buckets are one to two pixels wide: less would draw what nobody sees. */
export const levelFor = (msPerPixel: number): number =>
  Math.max(lowest, Math.min(highest, Math.ceil(Math.log2(Math.max(msPerPixel, Number.MIN_VALUE)))));

const lengthAt = (level: number) => tileBuckets * 2 ** level;
export const spanOfTile = ({ level, index }: TileId): Span => ({
  fromMs: index * lengthAt(level),
  toMs: (index + 1) * lengthAt(level),
});
export const keyOf = ({ level, index }: TileId): string => `${level}:${index}`;
/** Twice as coarse, over the same time. */
export const parentOf = ({ level, index }: TileId): TileId => ({ level: level + 1, index: Math.floor(index / 2) });

export function tilesOver(span: Span, level: number): readonly TileId[] {
  const length = lengthAt(level);
  const [first, last] = [Math.floor(span.fromMs / length), Math.ceil(span.toMs / length) - 1];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => ({ level, index: first + at }));
}

/** Where one goes next: left and right of what is seen, and a step out. */
export function neighbours(seen: readonly TileId[], whole: Span): readonly TileId[] {
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last) return [];
  const beside = [
    { ...last, index: last.index + 1 },
    { ...first, index: first.index - 1 },
  ].filter((id) => spanOfTile(id).toMs > whole.fromMs && spanOfTile(id).fromMs < whole.toMs);
  return [...beside, ...distinct(seen.map(parentOf))];
}

const distinct = (ids: readonly TileId[]) => [...new Map(ids.map((id) => [keyOf(id), id])).values()];

export function holdIndexOf(rows: readonly GilHold[]): HoldIndex {
  const byThread = new Map<number, GilHold[]>();
  for (const row of rows) {
    const own = byThread.get(row.threadId);
    if (own) own.push(row);
    else byThread.set(row.threadId, [row]);
  }
  return { inOrder: rows, byThread };
}
