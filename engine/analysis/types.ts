// A reader in; the types of live objects out, the fastest growth in bytes first. Next: report.ts.
import type { TypeRow } from "../../shared/documents.ts";
import type { RecordingReader } from "../store/reader.ts";
import { groupKeys } from "./groups.ts";
import { type Growth, growthOf, leakScore } from "./growth.ts";
import { timelineOf } from "./timeline.ts";

/** Memory that is no Python object has no type and is told by its sites only. */
export function rankedTypes(reader: RecordingReader): readonly TypeRow[] {
  const groups = groupKeys(reader.totals, (id) => {
    const type = reader.names.keys.get(id)?.type ?? 0;
    const name = reader.names.types.get(type) ?? "?";
    return type === 0 ? undefined : { id: name, what: name };
  });
  const { times, live, liveBytes } = timelineOf(reader, groups);
  const ranked = groups.rows.map(({ what, sums }, group) => {
    const part = (column: Float64Array) => column.subarray(group * times.length, (group + 1) * times.length);
    const count = growthOf(times, part(live));
    return {
      row: { type: what, ...sums, growthPerSecond: count.perSecond },
      count,
      size: growthOf(times, part(liveBytes)),
    };
  });
  return ranked.sort(bySuspicion).map(({ row }) => row);
}

type Ranked = { readonly row: TypeRow; readonly size: Growth; readonly count: Growth };

const bySuspicion = (a: Ranked, b: Ranked): number =>
  leakScore(b.size) - leakScore(a.size) || leakScore(b.count) - leakScore(a.count) || b.row.liveBytes - a.row.liveBytes;
