// A situation in; answers to the questions about marks, kept as long as the page is open, out. Next: scene.ts.
import { changed, type MarkChange } from "../../engine/marks/edit.ts";
import type { SiteRow } from "../../shared/documents.ts";
import { ok, type Result } from "../../shared/failures.ts";
import type { Intervals, Mark } from "../../shared/marks.ts";
import { milliseconds } from "../../shared/units.ts";
import type { Scene } from "./scene-rows.ts";

export function marksAnswers(_scene: Scene, seconds: () => number, sites: () => readonly SiteRow[]) {
  let kept: readonly Mark[] = [];
  const change = (asked: MarkChange): Result<{ marks: Mark[] }> => {
    const end = seconds() * 1000;
    const stored = kept.map((mark) => ({ ...mark, t: milliseconds(Math.round(mark.at * 1000)) }));
    const after = changed(stored, asked, { now: end, end });
    if (!after.ok) return after;
    kept = after.value.map(({ t, name, live }) => ({ at: t / 1000, name, live }));
    return ok({ marks: [...kept] });
  };
  return {
    "recording.marks": () => ok({ marks: [...kept] }),
    "recording.mark": (mark: { readonly at?: number | undefined; readonly name?: string | undefined }) =>
      change({ kind: "set", at: mark.at, name: mark.name }),
    "recording.move-mark": ({ at, to }: { readonly at: number; readonly to: number }) =>
      change({ kind: "move", at, to }),
    "recording.unmark": ({ at }: { readonly at: number }) => change({ kind: "remove", at }),
    "recording.intervals": ({ at }: { readonly at?: number[] | undefined }) => {
      const marks = at?.map((one) => ({ at: one, name: `${one} s` })) ?? kept;
      return ok(intervalsAt(marks, seconds(), sites()));
    },
  };
}

function intervalsAt(marks: readonly Pick<Mark, "at" | "name">[], end: number, sites: readonly SiteRow[]): Intervals {
  const automatic = marks.length === 0;
  const cuts = automatic
    ? Array.from({ length: 7 }, (_, at) => ({ at: ((at + 1) * end) / 8, name: String(at + 2) }))
    : marks;
  const ends = [0, ...cuts.map(({ at }) => at), end];
  const spans = Array.from({ length: ends.length - 1 }, (_, at) => (ends[at + 1] ?? 0) - (ends[at] ?? 0));
  const grown = (rate: number) => spans.map((span) => Math.round(rate * span));
  return {
    intervals: spans.map((_, at) => ({
      ...{ from: ends[at] ?? 0, to: ends[at + 1] ?? 0 },
      ...{ fromMark: cuts[at - 1]?.name ?? null, toMark: cuts[at]?.name ?? null },
    })),
    automatic,
    total: { objects: grown(300), bytes: grown(40_000) },
    rows: sites.map(({ type, domain, frames, growthPerSecond, bytesPerSecond, steadiness }) => ({
      ...{ type, domain, frames, objects: grown(growthPerSecond), bytes: grown(bytesPerSecond) },
      steady: (steadiness ?? 0) > 0.9,
    })),
    of: sites.length,
  };
}
