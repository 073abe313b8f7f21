// A reader in; when what is raised at each place was raised first and last, and the newest errors one by one, out. Next: queries.ts.
import type { ErrorTimes, LatestError } from "../../shared/gil-views.ts";
import type { RawErrorKey } from "../../shared/records.ts";
import type { ErrorReader } from "../store/error-reader.ts";
import { extensionOf } from "./errors.ts";
import { frameResolver } from "./frames.ts";
import { minorOf } from "./lines.ts";
import type { Recorded } from "./recorded.ts";

const mostLatest = 100;

/** Of one key: in milliseconds, the ends of the batches that brought it. */
interface Seen {
  readonly first: number;
  readonly last: number;
  readonly count: number;
}
interface Brought {
  readonly t: number;
  readonly key: RawErrorKey;
  readonly count: number;
}

export function errorTimes(reader: Recorded): ErrorTimes | null {
  const { errors } = reader;
  if (!errors) return null;
  const extension = extensionOf(reader);
  const resolve = frameResolver(reader.names, minorOf(reader.facts.target.python));
  const { seen, newest } = walk(errors, (key) => key.act === "raised" || extension(key.site) !== undefined);
  const typeOf = ({ type }: RawErrorKey) => (type === 0 ? null : (reader.names.types.get(type) ?? "?"));
  const latest = newest.map(
    ({ t, key, count }): LatestError => ({
      at: t / 1000,
      act: key.act,
      type: typeOf(key),
      count,
      frames: [...resolve(key.site)],
      native: extension(key.site) ?? null,
    }),
  );
  const groups = new Map<string, ErrorTimes["groups"][number]>();
  for (const { key: id, count } of errors.totals()) {
    const key = errors.keys.get(id);
    if (key?.act !== "raised" || count === 0) continue;
    const [type, frames] = [typeOf(key) ?? "?", [...resolve(key.site)]];
    const name = JSON.stringify([type, frames]);
    const now = { type, frames, ...timesOf(seen.get(id), count) };
    const before = groups.get(name);
    groups.set(name, before ? { ...now, ...joined(before, now) } : now);
  }
  return { groups: [...groups.values()], latest, details: reader.facts.errorDetails ?? null };
}

function walk(errors: ErrorReader, isTold: (key: RawErrorKey) => boolean) {
  const seen = new Map<number, Seen>();
  let newest: Brought[] = [];
  for (const { t, errors: deltas } of errors.chunks()) {
    for (let row = 0; row < deltas.length; row++) {
      const [id, count] = [deltas.key[row] ?? 0, deltas.count[row] ?? 0];
      const key = errors.keys.get(id);
      if (!key || count === 0) continue;
      const before = seen.get(id);
      seen.set(id, { first: before?.first ?? t, last: t, count: (before?.count ?? 0) + count });
      if (isTold(key)) newest.push({ t, key, count });
    }
    if (newest.length > 4 * mostLatest) newest = newest.slice(-mostLatest);
  }
  return { seen, newest: newest.slice(-mostLatest).reverse() };
}

type Times = Pick<ErrorTimes["groups"][number], "first" | "last">;

/** Batches that were taken out to keep the file small held the first ones. */
const timesOf = (seen: Seen | undefined, all: number): Times => ({
  first: seen && seen.count >= all ? seen.first / 1000 : null,
  last: seen ? seen.last / 1000 : null,
});

const joined = (a: Times, b: Times): Times => ({
  first: a.first === null || b.first === null ? null : Math.min(a.first, b.first),
  last: a.last === null || b.last === null ? (a.last ?? b.last) : Math.max(a.last, b.last),
});
