// A reader and a time range in; what was allocated in the range and is still alive, by site, between two bounds, out. Next: queries.ts.
import type { SurvivorRow, Survivors } from "../../shared/survivors.ts";
import { numbersEach, signed } from "../store/delta-numbers.ts";
import type { RecordingReader } from "../store/reader.ts";
import { type Resolution, resolutions } from "../store/schema.ts";
import type { Site } from "./sites.ts";
import { Views } from "./views.ts";

/** Seconds since the recording began. */
interface Range {
  readonly from: number;
  readonly to: number;
}
/** Chunks decoded at most before the next coarser resolution is taken. */
const mostChunks = 900;

export function survivorsOf(
  reader: RecordingReader,
  range: Range,
  limit: number,
  { siteGroups: { rows: groups, groupOf } }: Pick<Views, "siteGroups"> = new Views(reader, false),
): Survivors {
  const cut = cutAt(reader, range);
  const made = groups.map(({ what }): Made => ({ what, allocated: 0, ...none }));
  for (let row = 0; row < reader.totals.length; row++) {
    const key = reader.totals.key[row] ?? 0;
    const into = made[groupOf[key] ?? -1];
    if (into) addKey(into, cut.sums, key, liveOf(reader, row));
  }
  const rows = made.filter(({ atMost }) => atMost > 0).sort(byBytes);
  return {
    ...{ from: cut.from, to: cut.to, until: reader.duration / 1000 },
    ...whole(made),
    rows: rows.slice(0, limit).map(({ what, ...sums }) => ({ ...what, frames: [...what.frames], ...bounds(sums) })),
    of: rows.length,
  };
}

interface Bounds {
  allocated: number;
  atLeast: number;
  atMost: number;
  bytesAtLeast: number;
  bytesAtMost: number;
}
interface Made extends Bounds {
  readonly what: Site;
}
const none = { atLeast: 0, atMost: 0, bytesAtLeast: 0, bytesAtMost: 0 };
const byBytes = (a: Made, b: Made): number =>
  b.bytesAtLeast - a.bytesAtLeast || b.atLeast - a.atLeast || b.bytesAtMost - a.bytesAtMost;

const bounds = ({ allocated, atLeast, atMost, bytesAtLeast, bytesAtMost }: Bounds) => ({
  allocated,
  alive: { atLeast, atMost },
  aliveBytes: { atLeast: bytesAtLeast, atMost: bytesAtMost },
});

function whole(rows: readonly Made[]): Pick<SurvivorRow, "allocated" | "alive" | "aliveBytes"> {
  const sum = (pick: (row: Made) => number) => rows.reduce((total, row) => total + pick(row), 0);
  return bounds({
    allocated: sum((row) => row.allocated),
    atLeast: sum((row) => row.atLeast),
    atMost: sum((row) => row.atMost),
    bytesAtLeast: sum((row) => row.bytesAtLeast),
    bytesAtMost: sum((row) => row.bytesAtMost),
  });
}

/** Four numbers a key: allocated in the range and freed since its start, as counts and as bytes. */
interface Cut extends Range {
  readonly sums: Float64Array;
}

function cutAt(reader: RecordingReader, { from, to }: Range): Cut {
  const sums = new Float64Array(4 * ((reader.totals.key[reader.totals.length - 1] ?? 0) + 1));
  let [first, last] = [Number.POSITIVE_INFINITY, 0];
  for (const { t, resolution, length, numbers } of reader.changes(resolutionFor(reader.duration / 1000 - from), from)) {
    const begin = Math.max(0, t - resolution) / 1000;
    if (t / 1000 <= from) continue;
    const inRange = begin < to;
    if (inRange) [first, last] = [Math.min(first, begin), Math.max(last, t / 1000)];
    addChunk(sums, numbers, length, inRange);
  }
  return { sums, from: first === Number.POSITIVE_INFINITY ? from : first, to: last === 0 ? to : last };
}

function addChunk(sums: Float64Array, numbers: Float64Array, length: number, inRange: boolean): void {
  let key = 0;
  for (let at = 0; at < length * numbersEach; at += numbersEach) {
    key += numbers[at] ?? 0;
    const into = 4 * key;
    if (inRange) {
      sums[into] = (sums[into] ?? 0) + signed(numbers[at + 1] ?? 0);
      sums[into + 1] = (sums[into + 1] ?? 0) + signed(numbers[at + 3] ?? 0);
    }
    sums[into + 2] = (sums[into + 2] ?? 0) + signed(numbers[at + 2] ?? 0);
    sums[into + 3] = (sums[into + 3] ?? 0) + signed(numbers[at + 4] ?? 0);
  }
}

const resolutionFor = (seconds: number): Resolution =>
  resolutions.find((resolution) => (seconds * 1000) / resolution <= mostChunks) ?? 60_000;

function liveOf({ totals }: RecordingReader, row: number): readonly [number, number] {
  const live = (totals.allocations[row] ?? 0) - (totals.frees[row] ?? 0);
  return [live, (totals.allocatedBytes[row] ?? 0) - (totals.freedBytes[row] ?? 0)];
}

function addKey(into: Bounds, sums: Float64Array, key: number, [live, liveBytes]: readonly [number, number]): void {
  const [made, madeBytes, freed, freedBytes] = sums.subarray(4 * key, 4 * key + 4);
  const [atMost, bytesAtMost] = [atMostOf(made, live), atMostOf(madeBytes, liveBytes)];
  into.allocated += made ?? 0;
  into.atMost += atMost;
  into.bytesAtMost += bytesAtMost;
  into.atLeast += Math.min(atMost, Math.max(0, (made ?? 0) - (freed ?? 0)));
  into.bytesAtLeast += Math.min(bytesAtMost, Math.max(0, (madeBytes ?? 0) - (freedBytes ?? 0)));
}

const atMostOf = (made: number | undefined, live: number): number => Math.max(0, Math.min(made ?? 0, live));
