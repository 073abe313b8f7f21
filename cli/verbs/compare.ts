// Two recordings, or a command and two Pythons, in; what the second does otherwise out. Next: the user, or a build.
import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import * as v from "valibot";
import type { Engine } from "../../engine/engine.ts";
import { version } from "../../engine/report/version.ts";
import { leastThreshold } from "../../shared/comparison-calls.ts";
import { type Comparison, comparisonUnits } from "../../shared/comparison-document.ts";
import { exitCodes, fail, ok, type Result } from "../../shared/failures.ts";
import { longestMarkName } from "../../shared/marks.ts";
import type { Terminal } from "../terminal.ts";
import { defineVerb, duration, flag, wholeFrom } from "../verb.ts";
import { withEngine } from "../with-engine.ts";

const file = v.optional(v.pipe(v.string(), v.minLength(1, "give a file")));
const word = v.optional(v.pipe(v.string(), v.minLength(1, "give a word")));

const options = v.object({
  per: v.optional(v.picklist(comparisonUnits, `choose ${comparisonUnits.join(", ")}`), "second"),
  threshold: v.optional(wholeFrom(leastThreshold, 100)),
  run: word,
  a: word,
  b: word,
  runs: v.optional(wholeFrom(2, 100), "5"),
  for: v.optional(duration, "10s"),
  frames: v.optional(wholeFrom(1, 32), "8"),
  keep: file,
  junit: file,
  sarif: file,
  summary: file,
  markdown: flag,
  json: flag,
});
type Chosen = v.InferOutput<typeof options>;

export const verb = defineVerb(options, async (terminal, words, chosen) => {
  if (chosen.json && chosen.markdown) return fail("usage", { what: "--json and --markdown exclude each other" });
  return withEngine(async (engine) => {
    const compared = await (chosen.run === undefined
      ? compareFiles(engine, words, chosen)
      : compareRuns(engine, words, { ...chosen, run: chosen.run }, terminal));
    if (!compared.ok) return compared;
    const written = await writeFiles(compared.value, chosen);
    if (!written.ok) return written;
    await print(terminal, compared.value, chosen);
    return ok(codeOf(compared.value));
  });
});

function compareFiles(
  engine: Engine,
  words: readonly string[],
  chosen: Chosen,
): Promise<Result<Comparison>> | Result<never> {
  const [a, b, ...more] = words;
  if (a === undefined || b === undefined || more.length > 0)
    return fail("usage", { what: "give two recordings, or --run with --a and --b" });
  if (chosen.a !== undefined || chosen.b !== undefined) return fail("usage", { what: "--a and --b need --run" });
  const [before, after] = [placeOf(a), placeOf(b)];
  const paths = { a: before.path, b: after.path, per: chosen.per, ...thresholdOf(chosen) };
  if (before.mark === undefined && after.mark === undefined) return engine.call("recording.compare", paths);
  if (before.mark === undefined || after.mark === undefined)
    return fail("usage", { what: "give a mark of both recordings, or of none: FILE@MARK" });
  if (chosen.per !== "second") return fail("usage", { what: "--per does not go with FILE@MARK" });
  const [first, second] = [spanOf(before.mark), spanOf(after.mark)];
  const marks = { a: first.to, b: second.to };
  if (first.from === undefined && second.from === undefined)
    return engine.call("recording.compare", { ...paths, marks });
  if (first.from === undefined || second.from === undefined)
    return fail("usage", { what: "give two marks of both recordings, or one: FILE@MARK..MARK" });
  return engine.call("recording.compare", { ...paths, marks, since: { a: first.from, b: second.from } });
}

const thresholdOf = ({ threshold }: Chosen) => (threshold === undefined ? {} : { threshold });

/** MARK, or MARK..MARK. */
function spanOf(mark: string): { readonly from: string | undefined; readonly to: string } {
  const [from = "", ...rest] = mark.split("..");
  const to = rest.join("..");
  return from === "" || to === "" ? { from: undefined, to: mark } : { from, to };
}

/** FILE or FILE@MARK. A file whose name has an @ is meant as it is. */
function placeOf(word: string): { readonly path: string; readonly mark?: string } {
  if (existsSync(word)) return { path: resolve(word) };
  for (let at = word.lastIndexOf("@"); at > 0; at = word.lastIndexOf("@", at - 1)) {
    const [path, mark] = [word.slice(0, at), word.slice(at + 1)];
    if (mark !== "" && mark.length <= 2 * longestMarkName + 2 && existsSync(path)) return { path: resolve(path), mark };
  }
  return { path: resolve(word) };
}

function compareRuns(
  engine: Engine,
  words: readonly string[],
  chosen: Chosen & { readonly run: string },
  terminal: Terminal,
): Promise<Result<Comparison>> | Result<never> {
  const { run, a, b, runs, for: seconds, frames, per, keep } = chosen;
  if (words.length > 0) return fail("usage", { what: "--run records by itself: give no recordings" });
  if (a === undefined || b === undefined)
    return fail("usage", { what: "--run needs --a and --b: a Python or a virtual environment each" });
  const request = { command: run, a, b, runs, forSeconds: seconds, frames, per, ...thresholdOf(chosen) };
  return engine.compareRuns(keep === undefined ? request : { ...request, keep: resolve(keep) }, (line) =>
    terminal.talk(line),
  );
}

async function writeFiles(comparison: Comparison, { junit, sarif, summary }: Chosen): Promise<Result<undefined>> {
  const { comparisonMarkdown } = await import("../../engine/report/comparison.ts");
  const { comparisonJunit } = await import("../../engine/report/junit.ts");
  const { comparisonSarif } = await import("../../engine/report/sarif.ts");
  const files = [
    { path: junit, text: () => comparisonJunit(comparison) },
    { path: summary, text: () => comparisonMarkdown(comparison) },
    { path: sarif, text: () => comparisonSarif(comparison, version()) },
  ];
  for (const { path, text } of files) {
    if (path === undefined) continue;
    try {
      writeFileSync(path, text());
    } catch (error) {
      return fail("cannot-write", { path, why: error instanceof Error ? error.message : String(error) });
    }
  }
  return ok(undefined);
}

async function print(terminal: Terminal, comparison: Comparison, { json, markdown }: Chosen): Promise<void> {
  if (json) return terminal.document(comparison);
  const { comparisonMarkdown, comparisonText } = await import("../../engine/report/comparison.ts");
  if (markdown) return terminal.result(comparisonMarkdown(comparison));
  const paint = {
    strong: (text: string) => terminal.style("bold", text),
    dim: (text: string) => terminal.style("dim", text),
  };
  terminal.result(comparisonText(comparison, paint));
}

function codeOf({ verdict }: Comparison): 0 | 1 | 7 {
  if (verdict === "incomparable") return exitCodes.noVerdict;
  return verdict === "worse" || verdict === "new-leak" ? exitCodes.found : exitCodes.fine;
}
