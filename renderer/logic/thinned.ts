// The points of a chart in, those that its table shows out. Next: parts/Figure.tsx.

/** A table of 600 rows is read by nobody. */
const most = 40;

/** Every so many of them, and the last. */
export function thinned<T>(points: readonly T[]): readonly T[] {
  const every = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, at) => at % every === 0 || at === points.length - 1);
}
