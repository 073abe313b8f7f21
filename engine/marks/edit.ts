// The marks of a recording and a change in; its marks afterwards out, or why not. Used by live-marks.ts, closed-marks.ts.
import { fail, ok, type Result } from "../../shared/failures.ts";
import { mostMarks } from "../../shared/marks.ts";
import { milliseconds } from "../../shared/units.ts";
import type { StoredMark } from "../store/stored-marks.ts";

/** Times are seconds since the recording began. */
export type MarkChange =
  | { readonly kind: "set"; readonly at?: number | undefined; readonly name?: string | undefined }
  | { readonly kind: "move"; readonly at: number; readonly to: number }
  | { readonly kind: "remove"; readonly at: number };

export interface Marked {
  /** Milliseconds since the recording began; undefined when it does not go on. */
  readonly now: number | undefined;
  /** Where it ends, or has come to. */
  readonly end: number;
}
type Marks = readonly StoredMark[];

export const cannotMark = (path: string, why: string): Result<never> =>
  fail("cannot-mark", {
    ...{ path, why },
    advice: "`refscope report FILE --mark 10s` tells what grows between marks, and writes none.",
  });

const toMs = (at: number): number => Math.round(at * 1000);
const seconds = (t: number): string => `${t / 1000} s`;
const byTime = (a: StoredMark, b: StoredMark): number => a.t - b.t;

export function changed(marks: Marks, change: MarkChange, time: Marked): Result<Marks> {
  switch (change.kind) {
    case "set":
      return set(marks, change, time);
    case "move":
      return move(marks, change, time);
    case "remove": {
      const t = toMs(change.at);
      return marks.some((mark) => mark.t === t) ? ok(marks.filter((mark) => mark.t !== t)) : noMark(t);
    }
    default:
      return change satisfies never;
  }
}

function set(marks: Marks, { at, name }: Extract<MarkChange, { kind: "set" }>, { now, end }: Marked): Result<Marks> {
  const wished = at === undefined ? now : toMs(at);
  if (wished === undefined) return fail("usage", { what: "say where: only a recording that goes on has a present" });
  const t = milliseconds(Math.round(wished));
  const beyond = notIn(t, Math.max(end, now ?? 0));
  if (beyond) return beyond;
  const there = marks.find((mark) => mark.t === t);
  if (!there && marks.length >= mostMarks) return fail("usage", { what: `it has ${mostMarks} marks already` });
  const mark = { t, name: name ?? there?.name ?? freeName(marks), live: there?.live ?? now !== undefined };
  return ok([...marks.filter((other) => other !== there), mark].sort(byTime));
}

function move(marks: Marks, change: Extract<MarkChange, { kind: "move" }>, { now, end }: Marked): Result<Marks> {
  const [from, to] = [toMs(change.at), milliseconds(toMs(change.to))];
  const moved = marks.find((mark) => mark.t === from);
  if (!moved) return noMark(from);
  if (from === to) return ok(marks);
  const beyond = notIn(to, Math.max(end, now ?? 0));
  if (beyond) return beyond;
  if (marks.some((mark) => mark.t === to)) return fail("usage", { what: `another mark is at ${seconds(to)}` });
  return ok([...marks.filter((mark) => mark !== moved), { ...moved, t: to, live: now !== undefined }].sort(byTime));
}

const noMark = (t: number): Result<never> =>
  fail("not-found", {
    what: `mark at ${seconds(t)}`,
    advice: "`refscope report FILE` lists the marks of a recording.",
  });

const notIn = (t: number, end: number): Result<never> | undefined =>
  t <= Math.ceil(end)
    ? undefined
    : fail("usage", { what: `${seconds(t)} is after the end of the recording, which is at ${seconds(end)}` });

function freeName(marks: Marks): string {
  const taken = new Set(marks.map(({ name }) => name));
  for (let number = marks.length + 1; ; number++) if (!taken.has(`mark ${number}`)) return `mark ${number}`;
}
