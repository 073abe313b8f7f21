// Values at even distances in time in; the path of a small line, and the same in words, out. Next: parts/Spark.tsx.
/** From zero on, so that what is large and stays does not look like growth. */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  const most = Math.max(1, ...values);
  const across = width / Math.max(1, values.length - 1);
  const inside = height - 2;
  return values
    .map(
      (value, at) =>
        `${at === 0 ? "M" : "L"}${round(at * across)} ${round(1 + inside * (1 - Math.max(0, value) / most))}`,
    )
    .join("");
}

export function sparkWords(values: readonly number[], say: (value: number) => string): string {
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  return `Live over time: from ${say(Math.round(first))} to ${say(Math.round(last))}`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
