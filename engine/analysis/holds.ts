// A reader and a time range in; its single holds with whom each waited for, out. Next: queries.ts.
import type { GilHold, GilHolds } from "../../shared/gil-views.ts";
import { holdFlags, type RawHolds } from "../../shared/records.ts";
import type { GilReader } from "../store/gil-reader.ts";
import { tidOf } from "./gil-threads.ts";
import { HolderLog } from "./holder-log.ts";

/** Decoded at most for one answer; what is left then is counted by the heads of its chunks. */
const mostDecoded = 1_000_000;

interface Found {
  readonly rows: readonly Hold[];
  readonly of: number;
}
export interface Hold extends Omit<GilHold, "waitedFor" | "threadId"> {
  readonly thread: number;
}

export function gilHolds(
  gil: GilReader | undefined,
  { fromMs, toMs, limit }: { readonly fromMs: number; readonly toMs: number; readonly limit: number },
): GilHolds | null {
  if (!gil) return null;
  const { rows, of } = findHolds(gil, fromMs, toMs, limit);
  const holderAt = holdersDuring(gil, rows);
  const shown = rows.map(({ thread, ...row }) => {
    const holder = row.waited ? holderAt(row.requestMs) : undefined;
    return { ...row, threadId: tidOf(gil, thread), waitedFor: holder === undefined ? null : tidOf(gil, holder) };
  });
  return { rows: shown, of };
}

function findHolds(gil: GilReader, fromMs: number, toMs: number, limit: number): Found {
  const rows: Hold[] = [];
  let [decoded, of, endMs] = [0, 0, fromMs];
  for (const holds of gil.holds(fromMs, toMs)) {
    decoded += holds.length;
    for (let row = 0; row < holds.length; row++) {
      const hold = holdAt(holds, row);
      if (hold.releasedMs < fromMs || hold.requestMs > toMs) continue;
      if (of++ < limit) rows.push(hold);
      endMs = hold.releasedMs;
    }
    if (decoded >= mostDecoded && rows.length === limit) return { rows, of: of + gil.countHolds(endMs, toMs) };
  }
  return { rows, of };
}

export function holdAt({ index, thread, flags, released, held, waited }: RawHolds, row: number): Hold {
  const bits = flags[row] ?? 0;
  const releasedMs = (released[row] ?? 0) / 1e6;
  const acquiredMs = releasedMs - (held[row] ?? 0) / 1e6;
  return {
    hold: index[row] ?? 0,
    thread: thread[row] ?? 0,
    requestMs: acquiredMs - (waited[row] ?? 0) / 1e6,
    acquiredMs,
    releasedMs,
    waited: (bits & holdFlags.waited) !== 0,
    forced: (bits & holdFlags.forced) !== 0,
  };
}

/** Some waits began long before the range: the holds back to the first of them are looked through. */
function holdersDuring(gil: GilReader, rows: readonly Hold[]): (atMs: number) => number | undefined {
  const waits = rows.filter(({ waited }) => waited);
  if (waits.length === 0) return () => undefined;
  const fromMs = waits.reduce((first, { requestMs }) => Math.min(first, requestMs), Number.POSITIVE_INFINITY);
  const toMs = waits.reduce((last, { requestMs }) => Math.max(last, requestMs), fromMs);
  // Whoever held at the last request let go at or after it, in the chunk that overlaps it.
  const log = new HolderLog(Math.min(mostDecoded, gil.countHolds(fromMs, toMs)));
  for (const holds of gil.holds(fromMs, toMs)) for (let row = 0; row < holds.length; row++) log.add(holds, row);
  return (atMs) => log.at(atMs * 1e6);
}
