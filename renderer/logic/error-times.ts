// What was raised and when in, rows with their first and last time out; what is not known stays so. Next: views/errors.
import type { RaisedRow } from "../../shared/documents.ts";
import type { ErrorTimes, LatestError } from "../../shared/gil-views.ts";
import { code, place, type Sentence, words } from "./finding.ts";

/** Seconds of the recording; null is not known. */
export interface Times {
  readonly first: number | null;
  readonly last: number | null;
}
export type TimedRow = RaisedRow & Times;

const unknown: Times = { first: null, last: null };
const nameOf = ({ type, frames }: Pick<RaisedRow, "type" | "frames">) =>
  JSON.stringify([type, frames.map((frame) => [frame.function, frame.file, frame.line])]);

export function timed(rows: readonly RaisedRow[], groups: ErrorTimes["groups"]): readonly TimedRow[] {
  const times = new Map(groups.map((group) => [nameOf(group), { first: group.first, last: group.last }]));
  return rows.map((row) => ({ ...row, ...(times.get(nameOf(row)) ?? unknown) }));
}

/** Of several places together. */
export function timesOf(rows: readonly Times[]): Times {
  const firsts = rows.map(({ first }) => first);
  const lasts = rows.map(({ last }) => last).filter((last) => last !== null);
  const known = firsts.filter((first) => first !== null);
  return {
    first: known.length > 0 && known.length === firsts.length ? Math.min(...known) : null,
    last: lasts.length > 0 ? Math.max(...lasts) : null,
  };
}

/** Where it was raised, or the extension that lost it. */
export function whereLatest({ act, frames, native }: LatestError): Sentence {
  if (act !== "raised" && native)
    return [code(native.function ?? "a function without a symbol"), words(" in "), code(place(native.module, null))];
  const [innermost] = frames;
  if (!innermost) return [words("C code, with no Python frame")];
  return [code(innermost.function), words(` · ${place(innermost.file, innermost.line)}`)];
}
