// A reader and groups of keys in; what was live of each group at up to 60 moments, out. Next: growth.ts.
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
  const duration = Math.max(1, reader.duration);
  const resolution = resolutionFor(duration);
  const points = Math.max(2, Math.min(mostPoints, Math.ceil(duration / resolution)));
  const changes = changesOf(reader, resolution, groups, points);
  for (const [group, { sums }] of groups.rows.entries()) countBack(changes, group, points, [sums.live, sums.liveBytes]);
  const times = Array.from({ length: points }, (_, point) => ((point + 1) * duration) / points / 1000);
  return { times, ...changes };
}

const resolutionFor = (duration: number): Resolution =>
  resolutions.find((resolution) => duration / resolution <= mostChunks) ?? 60_000;

interface Changes {
  readonly live: Float64Array;
  readonly liveBytes: Float64Array;
}

function changesOf(
  reader: RecordingReader,
  resolution: Resolution,
  { rows, groupOf }: Groups<unknown>,
  points: number,
): Changes {
  const live = new Float64Array(rows.length * points);
  const liveBytes = new Float64Array(rows.length * points);
  const width = Math.max(1, reader.duration) / points;
  for (const { t, deltas } of reader.chunks(resolution)) {
    const point = Math.max(0, Math.min(points - 1, Math.ceil(t / width) - 1));
    for (let row = 0; row < deltas.length; row++) {
      const group = groupOf[deltas.key[row] ?? 0] ?? -1;
      if (group < 0) continue;
      const at = group * points + point;
      live[at] = (live[at] ?? 0) + (deltas.allocations[row] ?? 0) - (deltas.frees[row] ?? 0);
      liveBytes[at] = (liveBytes[at] ?? 0) + (deltas.allocatedBytes[row] ?? 0) - (deltas.freedBytes[row] ?? 0);
    }
  }
  return { live, liveBytes };
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
