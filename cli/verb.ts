// The options of one verb as a schema and what it does in, a function on raw words out. Next: program.ts calls it.
import * as v from "valibot";
import { type ExitCode, fail, ok, type Result } from "../shared/failures.ts";
import { mostMarks } from "../shared/marks.ts";
import type { Terminal } from "./terminal.ts";
import { parseDuration, parseMark, parseSize } from "./text/units.ts";

/** An exit code is a verb's success; 130 and 143 are those of a signal. */
export type Ended = Result<ExitCode | 130 | 143>;
export interface Verb {
  run(terminal: Terminal, words: readonly string[], options: unknown): Promise<Ended>;
}

export function defineVerb<Options>(
  schema: v.GenericSchema<unknown, Options>,
  act: (terminal: Terminal, words: readonly string[], options: Options) => Promise<Ended>,
): Verb {
  return {
    async run(terminal, words, options) {
      const parsed = v.safeParse(schema, options, { abortEarly: true });
      if (parsed.success) return act(terminal, words, parsed.output);
      const [issue] = parsed.issues;
      const name = kebab(String(issue.path?.[0]?.key ?? ""));
      return fail("usage", { what: `--${name}: ${issue.message}` });
    },
  };
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A number of the right form that is no process is another failure; this one never asks the system. */
export function parsePid(word: string | undefined): Result<number> {
  const given = word ?? "";
  const pid = Number(given);
  return /^[1-9]\d{0,9}$/.test(given) && pid < 2 ** 31 ? ok(pid) : fail("not-a-pid", { given });
}

export const flag = v.optional(v.boolean(), false);
export const duration = option(parseDuration, "give a duration such as 30s or 5m");
export const size = option(parseSize, "give a size such as 100MB or 1GiB");
export const wholeFrom = (least: number, most: number) =>
  option((text) => {
    const value = Number(text);
    return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
  }, `give a whole number from ${least} to ${most}`);

/** "10s" or "10s=warm", each. */
export const marks = v.pipe(
  v.array(option(parseMark, "give a time such as 10s, or 10s=NAME with a name of up to 80 letters")),
  v.maxLength(mostMarks, `give at most ${mostMarks}`),
);

function option<T>(parse: (text: string) => T | undefined, advice: string) {
  return v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const value = parse(dataset.value);
      if (value !== undefined) return value;
      addIssue({ message: `\`${dataset.value}\` is not understood; ${advice}` });
      return NEVER;
    }),
  );
}
