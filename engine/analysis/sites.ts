// A reader in; the allocation sites out, the steadiest growth in bytes first. Next: report.ts.
import type { Frame, SiteRow } from "../../shared/documents.ts";
import type { Domain } from "../../shared/records.ts";
import type { RecordingReader } from "../store/reader.ts";
import { FrameLists } from "./frame-lists.ts";
import { type Groups, groupKeys } from "./groups.ts";
import { type Growth, growthOf, leakScore } from "./growth.ts";
import { minorOf } from "./lines.ts";
import { type Timeline, timelineOf } from "./timeline.ts";

export interface Site {
  readonly type: string | null;
  readonly domain: Domain;
  readonly frames: readonly Frame[];
}
/** Groups whose growth is told; the ones that hold the most. */
const mostGroups = 20_000;

export interface Ranking {
  readonly rows: readonly SiteRow[];
  /** How many sites there are; more than `rows` when the least were left out. */
  readonly of: number;
}

export function rankedSites(reader: RecordingReader): Ranking {
  const all = siteGroups(reader);
  const groups = largest(all);
  return rankSites(groups, timelineOf(reader, groups), all.rows.length);
}

/** `of`: how many there are, where `groups` are the largest of them. */
export function rankSites(groups: Groups<Site>, { times, live, liveBytes }: Timeline, of: number): Ranking {
  const ranked = groups.rows.map(({ what, sums }, group) => {
    const part = (column: Float64Array) => column.subarray(group * times.length, (group + 1) * times.length);
    const count = growthOf(times, part(live));
    const size = growthOf(times, part(liveBytes));
    const growth = {
      growthPerSecond: count.perSecond,
      bytesPerSecond: size.perSecond,
      steadiness: size.steadiness ?? null,
    };
    return { row: { ...what, frames: [...what.frames], ...sums, ...growth }, size, count };
  });
  return { rows: ranked.sort(bySuspicion).map(({ row }) => row), of };
}

type Ranked = { readonly row: SiteRow; readonly size: Growth; readonly count: Growth };

const bySuspicion = (a: Ranked, b: Ranked): number =>
  leakScore(b.size) - leakScore(a.size) ||
  leakScore(b.count) - leakScore(a.count) ||
  b.row.bytesPerSecond - a.row.bytesPerSecond ||
  b.row.liveBytes - a.row.liveBytes;

export function siteGroups(reader: RecordingReader): Groups<Site> {
  const lists = new FrameLists(reader.names, minorOf(reader.facts.target.python));
  return groupKeys(reader.totals, (id) => {
    const key = reader.names.keys.get(id);
    const type = key && key.type !== 0 ? (reader.names.types.get(key.type) ?? "?") : null;
    const domain = key?.domain ?? "raw";
    const frames = lists.of(key?.site ?? 0);
    return { id: lists.with(frames, type, domain), what: { type, domain, frames: frames.list } };
  });
}

export function largest({ rows, groupOf }: Groups<Site>): Groups<Site> {
  if (rows.length <= mostGroups) return { rows, groupOf };
  const order = [...rows.keys()]
    .sort((a, b) => (rows[b]?.sums.liveBytes ?? 0) - (rows[a]?.sums.liveBytes ?? 0))
    .slice(0, mostGroups);
  const place = new Map(order.map((group, at) => [group, at]));
  return { rows: order.flatMap((group) => rows[group] ?? []), groupOf: groupOf.map((group) => place.get(group) ?? -1) };
}
