// Values in their order in; how surely they rise out, whatever the form of their rise (Mann 1945, Kendall 1975). Used by engine/diagnosis.

/** The statistic as of a standard normal: 2.33 and more would come by chance once in a hundred times. 0 with fewer than four values. */
export function mannKendall(values: ArrayLike<number>): number {
  const { length: n } = values;
  if (n < 4) return 0;
  let pairs = 0;
  for (let later = 1; later < n; later++)
    for (let earlier = 0; earlier < later; earlier++) pairs += Math.sign((values[later] ?? 0) - (values[earlier] ?? 0));
  const variance = (n * (n - 1) * (2 * n + 5) - tied(values)) / 18;
  return pairs === 0 || variance <= 0 ? 0 : (pairs - Math.sign(pairs)) / Math.sqrt(variance);
}

/** Equal values tell less. */
function tied(values: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (let at = 0; at < values.length; at++) counts.set(values[at] ?? 0, (counts.get(values[at] ?? 0) ?? 0) + 1);
  let sum = 0;
  for (const t of counts.values()) sum += t * (t - 1) * (2 * t + 5);
  return sum;
}
