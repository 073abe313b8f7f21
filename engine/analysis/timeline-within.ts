// A reader, groups of keys and two times in; what was live of each group at some moments between these out. Used by engine/compare/side.ts.
import type { RecordingReader } from "../store/reader.ts";
import { cutNear, endOf, growthBetween } from "./between.ts";
import type { Groups } from "./groups.ts";
import type { Timeline } from "./timeline.ts";

const moments = 32;

/** `from` and `to` are what `cutNear` gave. */
export function timelineWithin(reader: RecordingReader, groups: Groups<unknown>, from: number, to: number): Timeline {
  const cuts = Array.from({ length: moments }, (_, at) => cutNear(reader, from + ((to - from) * at) / moments));
  const ends = [...new Set([0, ...cuts, to, Math.max(to, endOf(reader))])].sort((a, b) => a - b);
  const kept = ends.flatMap((end, at) => (end >= from && end <= to ? [at] : []));
  const { objects, bytes } = growthBetween(reader, groups, ends);
  const levels = (column: Float64Array) =>
    levelsAt(column, { groups: groups.rows.length, spans: ends.length - 1, kept });
  return { times: kept.map((at) => (ends[at] ?? 0) / 1000), live: levels(objects), liveBytes: levels(bytes) };
}

interface Shape {
  readonly groups: number;
  readonly spans: number;
  /** Which of the ends are told. */
  readonly kept: readonly number[];
}
function levelsAt(column: Float64Array, { groups, spans, kept }: Shape): Float64Array {
  const levels = new Float64Array(groups * kept.length);
  for (let group = 0; group < groups; group++) {
    let [level, span] = [0, 0];
    for (const [point, end] of kept.entries()) {
      for (; span < end; span++) level += column[group * spans + span] ?? 0;
      levels[group * kept.length + point] = level;
    }
  }
  return levels;
}
