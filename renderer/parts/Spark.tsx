// A few values over time in, a small line of them out: how it grew at a glance. Who does not see it is told in words. No axis, no motion.
import { sparkPath, sparkWords } from "../logic/spark.ts";

interface Given {
  readonly values: readonly number[];
  /** How one of them is told. */
  readonly say: (value: number) => string;
}

export function Spark({ values, say }: Given) {
  return (
    <svg
      className="spark"
      viewBox="0 0 120 26"
      preserveAspectRatio="none"
      role="img"
      aria-label={sparkWords(values, say)}
    >
      <path d={sparkPath(values, 120, 26)} />
    </svg>
  );
}
