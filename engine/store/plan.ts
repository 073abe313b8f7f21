// A wanted resolution and from when each one is kept in; which chunks cover each moment exactly once, out. Used by reader.ts, stored-lanes.ts.

/** Chunks of `resolution` with from < t <= to. */
export interface Span<R extends number> {
  readonly resolution: R;
  readonly from: number;
  readonly to: number;
}

/**
 * The wanted chunks; before them coarser ones, where the detail was taken out to save room; after them finer ones, where
 * the coarser are not closed yet. `resolutions` ascend; `last` gives the end of a resolution's last chunk.
 */
export function coverage<R extends number>(
  resolutions: readonly R[],
  wanted: R,
  start: number,
  kept: (resolution: R) => number,
  last: (resolution: R) => number,
): readonly Span<R>[] {
  const spans: Span<R>[] = [];
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

/**
 * Chunks that cover what lies between two chunk ends exactly once, as coarse as they fit: few are decoded, and none reaches over an end.
 */
export function coarsestBetween<R extends number>(
  resolutions: readonly R[],
  [from, to]: readonly [number, number],
  kept: (resolution: R) => number,
  last: (resolution: R) => number,
): readonly Span<R>[] {
  const cover = (low: number, high: number, level: number): readonly Span<R>[] => {
    const resolution = resolutions[level];
    if (low >= high || resolution === undefined) return [];
    if (level === 0) return [{ resolution, from: low, to: high }];
    const first = Math.ceil(Math.max(low, kept(resolution)) / resolution) * resolution;
    const end = Math.min(Math.floor(high / resolution) * resolution, last(resolution));
    if (first >= end) return cover(low, high, level - 1);
    return [...cover(low, first, level - 1), { resolution, from: first, to: end }, ...cover(end, high, level - 1)];
  };
  return cover(from, to, resolutions.length - 1);
}
