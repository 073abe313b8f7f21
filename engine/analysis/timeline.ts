// A reader and groups of keys in; what was live of each group at up to 60 moments, out. Next: growth.ts.
import { numbersEach, signed } from "../store/delta-numbers.ts";
import type { RecordingReader } from "../store/reader.ts";
import { type Resolution, resolutions } from "../store/schema.ts";
import type { Groups } from "./groups.ts";

const mostPoints = 60;
/** Chunks decoded at most before the next coarser resolution is taken. */
const mostChunks = 300;

export interface Timeline {
  /** Seconds since the recording began. */
  readonly times: readonly number[];
  /** `values[group * times.length + point]` */
  readonly live: Float64Array;
  readonly liveBytes: Float64Array;
}

export function timelineOf(reader: RecordingReader, groups: Groups<unknown>): Timeline {
  const [timeline] = timelinesOf(reader, [groups]);
  return timeline ?? { times: [], live: new Float64Array(), liveBytes: new Float64Array() };
}

/** Of several groupings, in one pass over the chunks. */
export function timelinesOf(reader: RecordingReader, groupings: readonly Groups<unknown>[]): readonly Timeline[] {
  const duration = Math.max(1, reader.duration);
  const resolution = resolutionFor(duration);
  const points = Math.max(2, Math.min(mostPoints, Math.ceil(duration / resolution)));
  const times = Array.from({ length: points }, (_, point) => ((point + 1) * duration) / points / 1000);
  const made = groupings.map(({ rows, groupOf }) => ({
    ...{ groupOf, live: new Float64Array(rows.length * points), liveBytes: new Float64Array(rows.length * points) },
  }));
  const width = duration / points;
  for (const { t, length, numbers } of reader.changes(resolution)) {
    const point = Math.max(0, Math.min(points - 1, Math.ceil(t / width) - 1));
    for (const changes of made) addChunk(changes, numbers, length, points, point);
  }
  return groupings.map(({ rows }, at) => {
    const changes = made[at] ?? { live: new Float64Array(), liveBytes: new Float64Array() };
    for (const [group, { sums }] of rows.entries()) countBack(changes, group, points, [sums.live, sums.liveBytes]);
    return { times, live: changes.live, liveBytes: changes.liveBytes };
  });
}

const resolutionFor = (duration: number): Resolution =>
  resolutions.find((resolution) => duration / resolution <= mostChunks) ?? 60_000;

interface Changes {
  readonly live: Float64Array;
  readonly liveBytes: Float64Array;
}

function addChunk(
  { groupOf, live, liveBytes }: Changes & Pick<Groups<unknown>, "groupOf">,
  numbers: Float64Array,
  length: number,
  points: number,
  point: number,
): void {
  const end = length * numbersEach;
  let key = 0;
  for (let at = 0; at < end; at += numbersEach) {
    key += numbers[at] ?? 0;
    const group = groupOf[key] ?? -1;
    if (group < 0) continue;
    const into = group * points + point;
    live[into] = (live[into] ?? 0) + signed(numbers[at + 1] ?? 0) - signed(numbers[at + 2] ?? 0);
    liveBytes[into] = (liveBytes[into] ?? 0) + signed(numbers[at + 3] ?? 0) - signed(numbers[at + 4] ?? 0);
  }
}

/** From what is live at the end: so detail that was taken out leaves a flat start, not a wrong level. */
function countBack(
  { live, liveBytes }: Changes,
  group: number,
  points: number,
  [end, endBytes]: readonly [number, number],
): void {
  let [count, size] = [end, endBytes];
  for (let at = (group + 1) * points - 1; at >= group * points; at--) {
    const [change, sizeChange] = [live[at] ?? 0, liveBytes[at] ?? 0];
    live[at] = count;
    liveBytes[at] = size;
    count -= change;
    size -= sizeChange;
  }
}
