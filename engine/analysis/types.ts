// A reader in, its keys by type out; these over time in, the types of live objects out, the fastest growth in bytes first. Next: views.ts.
import type { TypeRow } from "../../shared/documents.ts";
import type { RecordingReader } from "../store/reader.ts";
import { type Groups, groupKeys } from "./groups.ts";
import { type Growth, growthOf, leakScore } from "./growth.ts";
import type { Timeline } from "./timeline.ts";

/** Memory that is no Python object has no type and is told by its sites only. */
export const typeGroups = (reader: RecordingReader): Groups<string> =>
  groupKeys(reader.totals, (id) => {
    const type = reader.names.keys.get(id)?.type ?? 0;
    const name = reader.names.types.get(type) ?? "?";
    return type === 0 ? undefined : { id: name, what: name };
  });

export interface RankedTypes {
  readonly rows: readonly TypeRow[];
  /** Of each row, part of the intervals after warm-up in which its bytes grew; null when the recording is too short to say. */
  readonly steadiness: readonly (number | null)[];
}

export function rankTypes(groups: Groups<string>, { times, live, liveBytes }: Timeline): RankedTypes {
  const ranked = groups.rows.map(({ what, sums }, group) => {
    const part = (column: Float64Array) => column.subarray(group * times.length, (group + 1) * times.length);
    const count = growthOf(times, part(live));
    return {
      row: { type: what, ...sums, growthPerSecond: count.perSecond },
      count,
      size: growthOf(times, part(liveBytes)),
    };
  });
  ranked.sort(bySuspicion);
  return { rows: ranked.map(({ row }) => row), steadiness: ranked.map(({ size }) => size.steadiness ?? null) };
}

type Ranked = { readonly row: TypeRow; readonly size: Growth; readonly count: Growth };

const bySuspicion = (a: Ranked, b: Ranked): number =>
  leakScore(b.size) - leakScore(a.size) || leakScore(b.count) - leakScore(a.count) || b.row.liveBytes - a.row.liveBytes;
