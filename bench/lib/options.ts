// In: the words after a bench's name. Out: under which Pythons and how often it runs. Next: the bench.
import { parseArgs } from "node:util";
import { type Interpreter, pythons } from "../../test/examples/pythons.ts";

export interface BenchOptions {
  readonly interpreters: readonly Interpreter[];
  /** Measurements taken in turns; the figure is their median. */
  readonly rounds: number;
  readonly cycles: number;
}

function whole(text: string | undefined, usual: number): number {
  const number = Number(text ?? usual);
  if (Number.isSafeInteger(number) && number > 0) return number;
  process.stderr.write(`bench: ${text} is no number of times\n`);
  process.exit(2);
}

/** `--python` may be given several times, as a version or a path; a bench's own versions stand in for none. */
export function benchOptions(usual: { readonly versions: readonly string[]; readonly rounds: number }): BenchOptions {
  const { values } = parseArgs({
    options: {
      python: { type: "string", multiple: true },
      rounds: { type: "string" },
      cycles: { type: "string" },
    },
  });
  const asked = values.python ?? [];
  const paths = asked.filter((word) => word.includes("/")).map((path) => ({ name: path, path }));
  const versions = asked.length > 0 ? asked.filter((word) => !word.includes("/")) : usual.versions;
  const interpreters = versions.length > 0 ? pythons(...versions) : [];
  return {
    interpreters: [...interpreters, ...paths],
    rounds: whole(values.rounds, usual.rounds),
    cycles: whole(values.cycles, 200),
  };
}
