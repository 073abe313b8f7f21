// A reader in; what was allocated and is still there, by type and innermost frame, with the form of its growth, out. Next: signs.ts.
import type { Frame } from "../../shared/documents.ts";
import type { Domain } from "../../shared/records.ts";
import { frameResolver } from "../analysis/frames.ts";
import { groupKeys } from "../analysis/groups.ts";
import { type Growth, growthOf } from "../analysis/growth.ts";
import { minorOf } from "../analysis/lines.ts";
import { mannKendall } from "../analysis/mann-kendall.ts";
import { timelineOf } from "../analysis/timeline.ts";
import type { RecordingReader } from "../store/reader.ts";

export interface Grown {
  /** Null for memory that is no Python object. */
  readonly type: string | null;
  readonly domain: Domain;
  /** Of the site that has most of it. */
  readonly frames: readonly Frame[];
  /** Site ids of the recording. */
  readonly sites: ReadonlySet<number>;
  readonly live: number;
  readonly liveBytes: number;
  readonly allocated: number;
  readonly count: Growth;
  readonly size: Growth;
  readonly form: Form;
}

/**
 * steady: grows all the time. sawtooth: grows and falls back. plateau: grew, then stopped. other: too little, or no pattern.
 */
export type Form = "steady" | "sawtooth" | "plateau" | "other";

/** Fewer than this may be by chance. */
const fewest = 10;
/** Blocks that grow in size and not in number must grow by so much. */
const leastBytes = 256 * 1024;
const mostGroups = 5000;

/** Everything that was allocated, also what is gone again: it tells who worked where. */
export function seenIn(reader: RecordingReader): readonly Pick<Grown, "type" | "frames">[] {
  const resolve = frameResolver(reader.names, minorOf(reader.facts.target.python));
  return [...reader.names.keys.values()].map(({ type, site }) => ({
    type: type === 0 ? null : (reader.names.types.get(type) ?? "?"),
    frames: resolve(site),
  }));
}

export function grownIn(reader: RecordingReader): readonly Grown[] {
  const resolve = frameResolver(reader.names, minorOf(reader.facts.target.python));
  const groups = groupKeys(reader.totals, (id) => {
    const key = reader.names.keys.get(id);
    if (!key) return undefined;
    const type = key.type === 0 ? null : (reader.names.types.get(key.type) ?? "?");
    const frames = resolve(key.site);
    return { id: JSON.stringify([type, key.domain, frames[0]]), what: { type, domain: key.domain } };
  });
  const sites = sitesOf(reader, groups.groupOf);
  const kept = [...groups.rows.keys()]
    .filter((at) => (groups.rows[at]?.sums.live ?? 0) >= fewest || (groups.rows[at]?.sums.liveBytes ?? 0) >= leastBytes)
    .sort((a, b) => (groups.rows[b]?.sums.live ?? 0) - (groups.rows[a]?.sums.live ?? 0))
    .slice(0, mostGroups);
  const place = new Map(kept.map((group, at) => [group, at]));
  const rows = kept.flatMap((group) => groups.rows[group] ?? []);
  const groupOf = groups.groupOf.map((group) => place.get(group) ?? -1);
  const { times, live, liveBytes } = timelineOf(reader, { rows, groupOf });
  return rows.map(({ what, sums }, at): Grown => {
    const part = (column: Float64Array) => column.subarray(at * times.length, (at + 1) * times.length);
    const [counts, sizes] = [part(live), part(liveBytes)];
    const count = growthOf(times, counts);
    const size = growthOf(times, sizes);
    const bySite = sites.get(kept[at] ?? -1) ?? new Map<number, number>();
    const [most = 0] = [...bySite.keys()].sort((a, b) => (bySite.get(b) ?? 0) - (bySite.get(a) ?? 0));
    return {
      ...what,
      frames: resolve(most),
      sites: new Set(bySite.keys()),
      live: sums.live,
      liveBytes: sums.liveBytes,
      allocated: sums.allocated,
      count,
      size,
      form: formOf(what.type, sums, { count, size, counts, sizes }),
    };
  });
}

/** What is live of each site, by group. */
function sitesOf(reader: RecordingReader, groupOf: Int32Array): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const { totals, names } = reader;
  const found = new Map<number, Map<number, number>>();
  for (let row = 0; row < totals.length; row++) {
    const key = totals.key[row] ?? 0;
    const group = groupOf[key] ?? -1;
    const site = names.keys.get(key)?.site ?? 0;
    if (group < 0) continue;
    const bySite = found.get(group) ?? new Map<number, number>();
    const live = (totals.allocations[row] ?? 0) - (totals.frees[row] ?? 0);
    found.set(group, bySite.set(site, (bySite.get(site) ?? 0) + live));
  }
  return found;
}

interface Seen {
  readonly count: Growth;
  readonly size: Growth;
  readonly counts: Float64Array;
  readonly sizes: Float64Array;
}

function formOf(
  type: string | null,
  sums: { readonly live: number; readonly liveBytes: number },
  { count, size, counts, sizes }: Seen,
): Form {
  if (sums.live >= fewest && isSteady(count, counts)) return "steady";
  if (type === null && sums.liveBytes >= leastBytes && isSteady(size, sizes)) return "steady";
  if (sums.live < fewest) return "other";
  return falls(counts) ? "sawtooth" : stopped(counts) ? "plateau" : "other";
}

/** Once in a thousand times by chance. */
const surely = 3.1;
const steadyFrom = 0.75;
const evenFrom = 0.5;

const isSteady = ({ perSecond, steadiness, evenness }: Growth, values: Float64Array): boolean =>
  perSecond > 0 && (steadiness ?? 0) >= steadyFrom && evenness >= evenFrom && mannKendall(values) >= surely;

/** At some time a third and more of all that was there went. */
function falls(values: Float64Array): boolean {
  let [most, fell] = [0, false];
  for (const value of values) {
    most = Math.max(most, value);
    fell ||= most >= fewest && value < most * 0.67;
  }
  return fell;
}

function stopped(values: Float64Array): boolean {
  const [end, late] = [values.at(-1) ?? 0, values[Math.floor(values.length * 0.6)] ?? 0];
  return end - late < end * 0.05;
}
