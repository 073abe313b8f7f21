// A reader and a few types and frames in; how many of each were live over time out. Next: engine/queries.ts.
import type { Frame } from "../../shared/documents.ts";
import type { TrendOf, Trends } from "../../shared/trends.ts";
import type { RecordingReader } from "../store/reader.ts";
import { frameResolver } from "./frames.ts";
import { groupKeys } from "./groups.ts";
import { minorOf } from "./lines.ts";
import { timelineOf } from "./timeline.ts";

export function trendsOf(reader: RecordingReader, asked: readonly TrendOf[]): Trends {
  const resolve = frameResolver(reader.names, minorOf(reader.facts.target.python));
  const groups = groupKeys(reader.totals, (id) => {
    const key = reader.names.keys.get(id);
    if (!key) return undefined;
    const type = key.type === 0 ? null : (reader.names.types.get(key.type) ?? "?");
    const at = asked.findIndex(
      (of) => of.type === type && (of.frame === null || isSame(of.frame, resolve(key.site)[0])),
    );
    return at < 0 ? undefined : { id: at, what: at };
  });
  const { times, live, liveBytes } = timelineOf(reader, groups);
  const lines = asked.map(({ type }, at) => {
    const group = groups.rows.findIndex(({ what }) => what === at);
    const values = type === null ? liveBytes : live;
    return group < 0 ? null : [...values.subarray(group * times.length, (group + 1) * times.length)];
  });
  return { seconds: [...times], live: lines };
}

const isSame = (one: Frame, other: Frame | undefined): boolean =>
  other !== undefined && one.line === other.line && one.file === other.file && one.function === other.function;
