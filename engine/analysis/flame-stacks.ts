// A reader and a measure in; each site's stack and what it weighs out. Next: flame.ts.
import type { Flame, FlameMeasure } from "../../shared/flame.ts";
import type { RecordingReader } from "../store/reader.ts";
import { flameTree, type WeighedStack } from "./flame.ts";
import type { Views } from "./views.ts";

export interface Stacks {
  readonly stacks: readonly WeighedStack[];
  readonly seconds: number;
  readonly deepest: number;
}

export function stacksOf(reader: RecordingReader, measure: FlameMeasure, views: Views): Stacks {
  const lengths = Array.from(reader.names.sites.values(), ({ frames }) => frames.length);
  const deepest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return { stacks: weighed(views, measure), seconds: reader.duration / 1000, deepest };
}

function weighed(views: Views, measure: FlameMeasure): readonly WeighedStack[] {
  // What shrinks is no part of what grows.
  if (measure === "growth")
    return views.sites.rows.map(({ frames, bytesPerSecond }) => ({ frames, weight: bytesPerSecond }));
  return views.siteGroups.rows.map(({ what, sums }) => ({
    frames: what.frames,
    weight: { bytes: sums.liveBytes, objects: sums.live, allocated: sums.allocated }[measure],
  }));
}

export function flameOf(reader: RecordingReader, measure: FlameMeasure, views: Views): Flame {
  const { stacks, seconds, deepest } = stacksOf(reader, measure, views);
  return { measure, seconds, deepest, ...flameTree(stacks) };
}

/** Growth is by a second already; everything else becomes so, or the longer recording would weigh more. */
export function comparedFlame(a: Stacks, b: Stacks, measure: FlameMeasure): Flame {
  const [first, second] = [a, b].map(({ stacks, seconds }) =>
    measure === "growth" || seconds <= 0
      ? stacks
      : stacks.map(({ frames, weight }) => ({ frames, weight: weight / seconds })),
  );
  const deepest = Math.max(a.deepest, b.deepest);
  return { measure, seconds: b.seconds, deepest, ...flameTree(second ?? [], first ?? []) };
}
