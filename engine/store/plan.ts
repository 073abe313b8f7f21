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
