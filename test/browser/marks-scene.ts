// A drawn situation in, its marks, which can be changed, and what grew between them out. Next: scene.ts.
import { changed, type MarkChange } from "../../engine/marks/edit.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { Interval, Intervals, Mark, markCalls } from "../../shared/marks.ts";
import type { RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { milliseconds } from "../../shared/units.ts";
import { hostile } from "./hostile-answers.ts";
import { type Scene, siteRows } from "./scene-rows.ts";

type MarkCall = keyof typeof markCalls;
type Answers = { readonly [N in MarkCall]: (params: RpcParams<N>) => Result<RpcResult<N>> };

/** The sites that grow in each part; the others have filled up after the first one. */
const leaking = 2;
const partsWithoutMarks = 8;

export function markAnswers(scene: Scene, seconds: () => number): Answers {
  let marks = marksAt(scene);
  const change = (asked: MarkChange): Result<{ marks: Mark[] }> => {
    if (scene === "many") return fail("cannot-mark", { path: "night.refscope", why: "nobody sealed it" });
    const stored = marks.map((mark) => ({ ...mark, t: milliseconds(Math.round(mark.at * 1000)) }));
    const end = Math.floor(seconds() * 1000);
    const after = changed(stored, asked, { now: scene === "ended" ? undefined : end, end });
    if (!after.ok) return after;
    marks = after.value.map(({ t, name, live }) => ({ at: t / 1000, name, live }));
    return ok({ marks: [...marks] });
  };
  return {
    "recording.marks": () => ok({ marks: [...marks] }),
    "recording.mark": ({ at, name }) => change({ kind: "set", at, name }),
    "recording.move-mark": ({ at, to }) => change({ kind: "move", at, to }),
    "recording.unmark": ({ at }) => change({ kind: "remove", at }),
    "recording.intervals": ({ at, limit = 500 }) => {
      const shown = at ? at.map((time): Mark => ({ at: time, name: `${time} s`, live: false })) : marks;
      return ok(intervalsOf(scene, cut(shown, seconds()), { limit, automatic: shown.length === 0 }));
    },
  };
}

function marksAt(scene: Scene): readonly Mark[] {
  if (scene === "quiet" || scene === "many" || scene === "single") return [];
  const name = scene === "hostile" ? hostile : "warm";
  return [
    { at: 62, name: "mark 1", live: true },
    { at: 124.5, name, live: true },
    { at: 190, name: "mark 3", live: false },
  ];
}

function cut(marks: readonly Mark[], end: number): readonly Interval[] {
  const equal = Array.from({ length: partsWithoutMarks - 1 }, (_, at) => (end * (at + 1)) / partsWithoutMarks);
  const cuts: readonly { readonly at: number; readonly name: string | null }[] =
    marks.length > 0 ? marks : equal.map((at, part) => ({ at, name: String(part + 2) }));
  return [...cuts, { at: end, name: null }].map((to, index) => {
    const from = cuts[index - 1];
    return { from: from?.at ?? 0, to: to.at, fromMark: from?.name ?? null, toMark: to.name };
  });
}

interface Asked {
  readonly limit: number;
  readonly automatic: boolean;
}
function intervalsOf(scene: Scene, intervals: readonly Interval[], { limit, automatic }: Asked): Intervals {
  const end = intervals.at(-1)?.to ?? 1;
  const rows = siteRows(scene, end).map(({ type, domain, frames, live, liveBytes }, at) => {
    const objects = intervals.map(({ from, to }, part) => {
      if (at < leaking) return Math.round((live * (to - from)) / end);
      return part === 0 ? live : part % 2 === 0 ? -at : 0;
    });
    const size = live === 0 ? 0 : Math.round(liveBytes / live);
    return { type, domain, frames, objects, bytes: objects.map((n) => n * size), steady: at < leaking };
  });
  const total = (of: "objects" | "bytes") =>
    intervals.map((_, part) => rows.reduce((sum, row) => sum + (row[of][part] ?? 0), 0));
  return {
    intervals: [...intervals],
    automatic,
    total: { objects: total("objects"), bytes: total("bytes") },
    rows: rows.slice(0, limit),
    of: rows.length,
  };
}
