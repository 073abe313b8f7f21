// Two recordings, or marks in them, in; what the second does otherwise out. Next: engine.ts.
import * as v from "valibot";
import type { ComparisonFormat } from "../shared/comparison-calls.ts";
import { type Comparison, comparison } from "../shared/comparison-document.ts";
import { fail, ok, type Result } from "../shared/failures.ts";
import type { RpcParams } from "../shared/rpc-contract.ts";
import { compareSides } from "./compare/comparison.ts";
import { type Side, sideOf, sideWithin } from "./compare/side.ts";
import { compareStates, type State, stateAt } from "./compare/states.ts";
import { isSameFile } from "./evidence/rebuild.ts";
import { redactDocument } from "./evidence/redact-document.ts";
import { type Read, reading } from "./queries.ts";
import { comparisonMarkdown } from "./report/comparison.ts";
import { comparisonJunit } from "./report/junit.ts";
import { comparisonSarif } from "./report/sarif.ts";
import { version } from "./report/version.ts";
import type { StoredMark } from "./store/stored-marks.ts";

export function queryComparison(
  { a, b, per = "second", marks, since, threshold }: RpcParams<"recording.compare">,
  read: Read = reading,
): Result<Comparison> {
  if ((marks || since) && per !== "second") return fail("usage", { what: "between marks rates are told by a second" });
  if (since && !marks) return fail("usage", { what: "name the marks where it ends as well" });
  if (marks && !since) return states({ a, b }, marks, read, threshold);
  const side = (name: "a" | "b", path: string) =>
    marks && since
      ? within(path, { from: since[name], to: marks[name] }, read)
      : read(path, (reader, views) => sideOf(reader, per, views));
  const first = side("a", a);
  if (!first.ok) return first;
  const second = side("b", b);
  return second.ok ? ok(compareSides(first.value, second.value, per, threshold)) : second;
}

/** The texts of the verb. */
export function queryComparisonText(
  { format, level, ...asked }: RpcParams<"comparison.text">,
  read: Read = reading,
): Result<string> {
  const told = queryComparison(asked, read);
  if (!told.ok) return told;
  const document = v.safeParse(comparison, level === undefined ? told.value : redactDocument(told.value, level));
  return document.success
    ? ok(writers[format](document.output))
    : fail("bug", { what: "a comparison lost its form when what is private was taken out" });
}

const writers: Readonly<Record<ComparisonFormat, (document: Comparison) => string>> = {
  markdown: comparisonMarkdown,
  junit: comparisonJunit,
  sarif: (document) => comparisonSarif(document, version()),
  json: (document) => `${JSON.stringify(document, undefined, 2)}\n`,
};

interface Names {
  readonly from: string;
  readonly to: string;
}
function within(path: string, { from, to }: Names, read: Read): Result<Side> {
  const [first, last] = [markIn(path, from, read), markIn(path, to, read)];
  if (!first.ok) return first;
  if (!last.ok) return last;
  if (first.value.t >= last.value.t) return fail("usage", { what: `\`${from}\` is not before \`${to}\`` });
  const span = { from, to, fromMs: first.value.t, toMs: last.value.t };
  return read(path, (reader, views) => sideWithin(reader, span, views));
}

interface Pair {
  readonly a: string;
  readonly b: string;
}

function states({ a, b }: Pair, marks: Pair, read: Read, threshold: number | undefined): Result<Comparison> {
  const [before, after] = [markIn(a, marks.a, read), markIn(b, marks.b, read)];
  if (!before.ok) return before;
  if (!after.ok) return after;
  const one = isSameFile(a, b);
  const state = (path: string, mark: StoredMark, other: StoredMark): Result<State> =>
    read(path, (reader) => (one ? stateAt(reader, mark, other.t) : stateAt(reader, mark)));
  const first = state(a, before.value, after.value);
  if (!first.ok) return first;
  const second = state(b, after.value, before.value);
  return second.ok ? ok(compareStates(first.value, second.value, one, threshold)) : second;
}

function markIn(path: string, name: string, read: Read): Result<StoredMark> {
  const marks = read(path, (reader) => reader.marks());
  if (!marks.ok) return marks;
  const [found, ...more] = marks.value.filter((mark) => mark.name === name);
  if (more.length > 0) return fail("usage", { what: `${path} has ${more.length + 1} marks of the name \`${name}\`` });
  if (found) return ok(found);
  const names = marks.value.map((mark) => `\`${mark.name}\``).join(", ");
  const advice = names === "" ? "It has none; `refscope record --mark` sets some." : `It has ${names}.`;
  return fail("not-found", { what: `mark \`${name}\` in ${path}`, advice });
}
