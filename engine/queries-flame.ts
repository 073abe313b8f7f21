// The calls of shared/flame.ts and source-lines.ts in, their answers out. Used by desk/asked.ts.
import { ok } from "../shared/failures.ts";
import { comparedFlame, flameOf, stacksOf } from "./analysis/flame-stacks.ts";
import { sourceAround } from "./analysis/source.ts";
import { type Query, reading } from "./queries.ts";

export const queryFlame: Query<"recording.flame"> = ({ path, measure }, read = reading) =>
  read(path, (reader, views) => flameOf(reader, measure, views));

export const querySource: Query<"recording.source"> = ({ path, file, line }, read = reading) =>
  read(path, (reader) => sourceAround(reader, file, line));

export const queryComparedFlame: Query<"comparison.flame"> = ({ a, b, measure }, read = reading) => {
  const first = read(a, (reader, views) => stacksOf(reader, measure, views));
  if (!first.ok) return first;
  const second = read(b, (reader, views) => stacksOf(reader, measure, views));
  return second.ok ? ok(comparedFlame(first.value, second.value, measure)) : second;
};
