// The points of a chart in, those that its table shows out: levels are left out between, flows are put together. Next: parts/Figure.tsx.

/** A table of 600 rows is read by nobody. */
const most = 40;

/** Of levels every so many, and the last. */
export function thinned<T>(points: readonly T[]): readonly T[] {
  const every = everyOf(points);
  return points.filter((_, at) => at % every === 0 || at === points.length - 1);
}

/** Neighbours that stand in one row: nothing is left out, so that sums and averages of the rows are those of the chart. */
export function grouped<T>(points: readonly T[]): readonly (readonly [T, ...T[]])[] {
  const every = everyOf(points);
  return points.flatMap((first, at) =>
    at % every === 0 ? [[first, ...points.slice(at + 1, at + every)] as const] : [],
  );
}

/** Of those that are known; null where none is. */
export function sumOf<T>(group: readonly T[], pick: (point: T) => number | null): number | null {
  const known = knownOf(group, pick);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

export function averageOf<T>(group: readonly T[], pick: (point: T) => number | null): number | null {
  const known = knownOf(group, pick);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

const everyOf = (points: readonly unknown[]): number => Math.max(1, Math.ceil(points.length / most));

const knownOf = <T>(group: readonly T[], pick: (point: T) => number | null): readonly number[] =>
  group.map(pick).filter((value) => value !== null);
