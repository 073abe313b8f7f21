// A drawn situation in, its marks, which can be changed, and what grew between them out. Next: scene.ts.
import { failed, failure, ok, type Result } from "../../shared/failures.ts";
import type { Interval, Intervals, Mark, markCalls } from "../../shared/marks.ts";
import type { RpcParams, RpcResult } from "../../shared/rpc-contract.ts";
import { hostile, type Scene, siteRows } from "./scene-rows.ts";

type MarkCall = keyof typeof markCalls;
type Answers = { readonly [N in MarkCall]: (params: RpcParams<N>) => Result<RpcResult<N>> };

/** What grows stops growing in the second part, unless it is one of the first two sites. */
const leaking = 2;
const partsWithoutMarks = 8;

export function markAnswers(scene: Scene, seconds: () => number): Answers {
  let marks = marksAt(scene);
  const all = () => ok({ marks: [...marks] });
  const keep = (next: readonly Mark[]) => {
    if (scene === "many") return failed(failure("bad-recording", { path: "night.refscope", why: "it is not sealed" }));
    marks = next.toSorted((a, b) => a.at - b.at);
    return all();
  };
  const without = (at: number) => marks.filter((mark) => mark.at !== at);
  return {
    "recording.marks": all,
    "recording.mark": ({ at, name }) => {
      const time = at ?? Math.round(seconds() * 1000) / 1000;
      const there = marks.find((mark) => mark.at === time);
      const free = `mark ${marks.length + 1}`;
      return keep([...without(time), { at: time, name: name ?? there?.name ?? free, live: at === undefined }]);
    },
    "recording.move-mark": ({ at, to }) => {
      const found = marks.find((mark) => mark.at === at);
      return keep(found ? [...without(at), { ...found, at: to }] : marks);
    },
    "recording.unmark": ({ at }) => keep(without(at)),
    "recording.intervals": ({ at, limit = 500 }) => {
      const shown = at ? at.map((time): Mark => ({ at: time, name: `${time} s`, live: false })) : marks;
      return ok(intervalsOf(scene, cut(shown, seconds()), { limit, automatic: shown.length === 0 }));
    },
  };
}

function marksAt(scene: Scene): readonly Mark[] {
  if (scene === "quiet" || scene === "single") return [];
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
