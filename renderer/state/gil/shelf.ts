// Tiles in, the best one for a place out; the ones not looked at for longest make room. Next: tile-store.ts.
import { keyOf, parentOf, spanOfTile, type Tile, type TileId } from "../../logic/gil/tiles.ts";

export interface Kept {
  readonly tile: Tile;
  /** What lies before this will not change any more. */
  readonly settledMs: number;
  /** How long the recording was when it was asked for. */
  readonly edgeMs: number;
}

/** Together about 40 MB at most, however many threads there are. */
const mostNumbers = 4_000_000;
const mostHolds = 150_000;
/** However large, the tiles of one picture are kept. */
const leastTiles = 6;
/** From one look at everything to one look at a microsecond. */
const mostLevels = 40;

export class Shelf {
  readonly #kept = new Map<string, Kept>();

  put(kept: Kept): void {
    const key = keyOf(kept.tile.id);
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    for (const old of [...this.#kept.keys()]) {
      if (this.#kept.size <= leastTiles || !isTooMuch(this.#kept.values())) break;
      this.#kept.delete(old);
    }
  }

  /** The tile itself, or the nearest coarser one; where each hold is known by itself nothing finer is needed. */
  best(id: TileId): Tile | undefined {
    const own = this.#get(id);
    const exact = this.#ancestor(id, (tile) => tile.holds !== undefined);
    if (exact && exact.edgeMs >= (own?.edgeMs ?? 0)) return exact.tile;
    return own?.tile ?? this.#ancestor(id, () => true)?.tile;
  }

  /** Whether all that the recording tells about it by now is here. */
  isKnown(id: TileId, edgeMs: number): boolean {
    const untilMs = Math.min(spanOfTile(id).toMs, edgeMs);
    const isFresh = (kept: Kept | undefined) => kept && (kept.settledMs >= untilMs || kept.edgeMs >= edgeMs);
    return isFresh(this.#get(id)) || isFresh(this.#ancestor(id, (tile) => tile.holds !== undefined)) || false;
  }

  #get(id: TileId): Kept | undefined {
    const key = keyOf(id);
    const found = this.#kept.get(key);
    if (!found) return undefined;
    // A map keeps the order of insertion: what is used moves to its end.
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found;
  }

  #ancestor(id: TileId, fits: (tile: Tile) => boolean): Kept | undefined {
    let at = parentOf(id);
    for (let level = 0; level < mostLevels; level++, at = parentOf(at)) {
      const found = this.#kept.get(keyOf(at));
      if (found && fits(found.tile)) return this.#get(at);
    }
    return undefined;
  }
}

function isTooMuch(kept: Iterable<Kept>): boolean {
  let [numbers, holds] = [0, 0];
  for (const { tile } of kept) {
    numbers += tile.strip.lanes.size * tile.strip.buckets * 3;
    holds += tile.holds?.inOrder.length ?? 0;
  }
  return numbers > mostNumbers || holds > mostHolds;
}
