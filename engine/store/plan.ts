// A wanted resolution and from when each one is kept in; which chunks cover each moment exactly once, out. Used by reader.ts.
import { type Resolution, resolutions } from "./schema.ts";

/** Chunks of `resolution` with from < t <= to. */
export interface Span {
  readonly resolution: Resolution;
  readonly from: number;
  readonly to: number;
}

/**
 * The wanted chunks; before them coarser ones, where the detail was taken out to save room; after them finer ones, where
 * the coarser are not closed yet. `last` gives the end of a resolution's last chunk.
 */
export function coverage(
  wanted: Resolution,
  start: number,
  kept: (resolution: Resolution) => number,
  last: (resolution: Resolution) => number,
): readonly Span[] {
  const spans: Span[] = [];
  let from = start;
  for (const [index, resolution] of [...resolutions.entries()].reverse()) {
    const finer = resolutions[index - 1];
    const to = resolution > wanted && finer !== undefined ? kept(finer) : last(resolution);
    if (to <= from) continue;
    spans.push({ resolution, from, to });
    from = to;
  }
  return spans;
}
