// In: measurements. Out: one line a figure on stdout: `name: value (wanted) [how often, in turns]`.

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export interface Figure {
  readonly name: string;
  /** With its unit. */
  readonly value: string;
  /** What the project asks of it, with its unit; left out where nothing is asked. */
  readonly wanted?: string;
  readonly runs: number;
  /** Taken in turns with what it is compared to. */
  readonly interleaved?: boolean;
}

export function printFigure({ name, value, wanted, runs, interleaved }: Figure): void {
  const goal = wanted === undefined ? "" : ` (wanted ${wanted})`;
  const how = `${runs} ${runs === 1 ? "run" : "runs"}${interleaved ? ", interleaved" : ""}`;
  process.stdout.write(`${name}: ${value}${goal} [${how}]\n`);
}

/** A figure that cannot be had here is said, not left out. */
export function printMissing(name: string, why: string): void {
  process.stdout.write(`${name}: not measured: ${why}\n`);
}

/** One part of a bench: what stops it is said in its place, and the next part runs. */
export async function part(name: string, measure: () => Promise<void>): Promise<void> {
  try {
    await measure();
  } catch (error) {
    printMissing(name, error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
