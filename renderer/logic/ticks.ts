// The ends of an axis in, the round places where it is labelled out. Next: parts/Charts.tsx.

/** Steps that people count in. */
const decimal = [1, 2, 2.5, 5, 10];
const binary = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
const clockSteps = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
  14_400, 43_200, 86_400,
];

/** From 0 to at least `most`, in about `steps` steps; bytes step in powers of 2 so that labels stay round. */
export function valueTicks(most: number, unit: "count" | "bytes", steps = 3): readonly number[] {
  const step = unit === "bytes" ? stepOf(most / steps, 1024, binary) : stepOf(most / steps, 10, decimal);
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, at) => at * step);
}

/** Of whole numbers that may lie far from 0: from below the least to at least the most. Near 0 the axis begins there. */
export function rangeTicks(least: number, most: number, steps = 3): readonly number[] {
  const low = least < most - least ? 0 : least;
  const step = Math.ceil(stepOf((most - low) / steps, 10, decimal));
  const from = Math.floor(low / step);
  const to = Math.max(Math.ceil(most / step), from + 1);
  return Array.from({ length: to - from + 1 }, (_, at) => (from + at) * step);
}

/** As far down as up, so that what came and what went can be compared by eye. */
export function mirroredTicks(most: number): readonly number[] {
  const up = valueTicks(most, "count", 2);
  return [
    ...up
      .slice(1)
      .map((tick) => -tick)
      .toReversed(),
    ...up,
  ];
}

/** Round times between the ends, about `steps` of them. */
export function timeTicks(from: number, to: number, steps = 6): readonly number[] {
  const wanted = (to - from) / steps;
  const step = clockSteps.find((one) => one >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Multiplied, not summed up: 0.1 + 0.1 + 0.1 is not 0.3.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => Number(((first + at) * step).toFixed(3)));
}

function stepOf(wanted: number, base: number, multiples: readonly number[]): number {
  if (!(wanted > 0)) return 1;
  const scale = base ** Math.floor(Math.log(wanted) / Math.log(base));
  const step = scale * (multiples.find((multiple) => multiple * scale >= wanted) ?? base);
  return Math.max(step, 1);
}
