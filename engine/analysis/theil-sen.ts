// Points in; the median of the slopes between all pairs of them out. A few wild points do not move it. Used by growth.ts.

/** Times ascend; undefined with fewer than two points at different times. */
export function theilSen(times: readonly number[], values: ArrayLike<number>): number | undefined {
  const slopes = new Float64Array((times.length * (times.length - 1)) / 2);
  let found = 0;
  for (let later = 1; later < times.length; later++) {
    for (let earlier = 0; earlier < later; earlier++) {
      const span = (times[later] ?? 0) - (times[earlier] ?? 0);
      if (span > 0) slopes[found++] = ((values[later] ?? 0) - (values[earlier] ?? 0)) / span;
    }
  }
  return found === 0 ? undefined : median(slopes.subarray(0, found));
}

function median(values: Float64Array): number {
  const middle = values.length >>> 1;
  const upper = select(values, middle);
  if (values.length % 2 === 1) return upper;
  let lower = values[0] ?? 0;
  for (let at = 1; at < middle; at++) lower = Math.max(lower, values[at] ?? 0);
  return (lower + upper) / 2;
}

/** Hoare's quickselect: afterwards no value before `wanted` is larger than the one there. */
function select(values: Float64Array, wanted: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >>> 1] ?? 0;
    let [left, right] = [low, high];
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left++;
      while ((values[right] ?? 0) > pivot) right--;
      if (left > right) break;
      const swapped = values[left] ?? 0;
      values[left++] = values[right] ?? 0;
      values[right--] = swapped;
    }
    if (wanted <= right) high = right;
    else if (wanted >= left) low = left;
    else break;
  }
  return values[wanted] ?? 0;
}
