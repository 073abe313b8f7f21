// The GIL's part of a report in; its section out: who makes others wait and what to do about it, then threads, long holds, blame, calls.
// Next: section.ts.

import { mostly, worstQueue } from "../../shared/convoy.ts";
import type { GilReport, LongHold } from "../../shared/gil-document.ts";
import { callTable } from "./call-table.ts";
import { duration, framePiece, percent, placeOf, threadNames, threadPieces, times } from "./pieces.ts";
import type { Line, Room, Section, SectionTable } from "./section.ts";
import { rate, whole } from "./words.ts";

type NameOf = (threadId: number) => Line;

export function gilSection(gil: GilReport, room: Room): Section {
  const nameOf = threadNames(gil.threads);
  return {
    title: "GIL",
    sentences: [...longest(gil), ...convoy(gil, nameOf), ...lengths(gil, nameOf), ...counted(gil)],
    tables: [
      threadTable(gil, room),
      longHoldTable(gil, nameOf, room),
      blameTable(gil, nameOf, room),
      callTable(gil.calls, room),
    ].filter(({ rows }) => rows.length > 0),
  };
}

/** Long holds of one place, the place that made others wait longest first; what no place is known of comes last. */
function worstPlace(longHolds: readonly LongHold[]): readonly LongHold[] {
  const groups = Map.groupBy(longHolds, ({ frames, native }) => JSON.stringify(placeOf(frames.slice(0, 1), native)));
  const harm = (holds: readonly LongHold[]) => holds.reduce((sum, { ms, waiters }) => sum + ms * waiters.length, 0);
  const known = (holds: readonly LongHold[]) => Number(holds.some(({ frames, native }) => frames[0] ?? native[0]));
  const ranked = [...groups.values()].sort((a, b) => known(b) - known(a) || harm(b) - harm(a));
  return ranked[0] ?? [];
}

function longest({ longHolds, thresholdMs, blame }: GilReport): readonly Line[] {
  const holds = worstPlace(longHolds);
  const [first] = holds;
  if (!first)
    return [[blame.length === 0 ? "Nobody waited for the GIL." : `Nobody held the GIL for ${duration(thresholdMs)}.`]];
  const waited = holds.filter(({ waiters }) => waiters.length > 0).length;
  const ms = holds.map((hold) => hold.ms).sort((a, b) => a - b);
  const middle = ms[Math.floor(ms.length / 2)] ?? 0;
  const others = waited === 0 ? "nobody waited meanwhile" : `others waited during ${whole(waited)} of these holds`;
  const what = `held the GIL ${times(ms.length)} for ${duration(thresholdMs)} or more (half of them for ${duration(middle)}, at most ${duration(ms.at(-1) ?? 0)}); ${others}.`;
  return [[...placeOf(first.frames, first.native), ` ${what}`], ...(waited > 0 ? [[release]] : [])];
}

const release =
  "What to do: release the GIL around the long part (Py_BEGIN_ALLOW_THREADS in C, nogil in Cython, ctypes.CDLL in place of PyDLL), or move it to another process.";

function convoy(gil: GilReport, nameOf: NameOf): readonly Line[] {
  const queue = worstQueue(gil);
  if (!queue) return [];
  const one = queue.waiters.length === 1;
  const how = `${one ? " waits" : " wait"}${queue.part >= mostly ? " mostly" : ""} behind it`;
  return [
    [
      "A convoy: ",
      ...nameOf(queue.holder),
      " holds the GIL; ",
      ...listed(queue.waiters, nameOf),
      `${how} (${percent(queue.part)} of ${one ? "its" : "their"} waiting): ${whole(queue.waits)} waits of at least a whole `,
      `switch interval (${duration(gil.intervalMs)}), ${duration(queue.ms)} in all.`,
    ],
    ["What to do: let the holder compute in another process, or shorten sys.setswitchinterval()."],
  ];
}

const mostNamed = 3;

function listed(waiters: readonly number[], nameOf: NameOf): Line {
  const named = waiters.length > mostNamed ? waiters.slice(0, mostNamed - 1) : waiters;
  const more: readonly Line[] = waiters.length > named.length ? [[`${waiters.length - named.length} others`]] : [];
  const parts = [...named.map(nameOf), ...more];
  return parts.flatMap((part, at) => (at === 0 ? part : [at === parts.length - 1 ? " and " : ", ", ...part]));
}

/** How long holds last, and who waited longest. */
function lengths({ threads, holdP50Ms, holdP99Ms }: GilReport, nameOf: NameOf): readonly Line[] {
  const [holder] = threads.toSorted((a, b) => b.holdMaxMs - a.holdMaxMs);
  const [waiter] = threads.toSorted((a, b) => b.waitMaxMs - a.waitMaxMs);
  if (!holder || !waiter) return [];
  const held: Line = [
    `Half of all holds end within ${duration(holdP50Ms)}, 99 % within ${duration(holdP99Ms)}; the longest, of `,
    ...nameOf(holder.threadId),
    `, lasted ${duration(holder.holdMaxMs)}.`,
  ];
  const waited: Line = [...nameOf(waiter.threadId), ` waited longest, ${duration(waiter.waitMaxMs)}.`];
  return waiter.waitMaxMs > 0 ? [held, waited] : [held];
}

function counted({ switches, switchesCounted }: GilReport): readonly Line[] {
  const own = switchesCounted === null ? "" : `; CPython counted ${whole(switchesCounted)}`;
  return [[`${whole(switches)} switches from thread to thread${own}.`]];
}

const threadTable = ({ threads }: GilReport, { rows }: Room): SectionTable => ({
  title: "Threads, the busiest first",
  header: ["holds", "waits", "p50", "p99", "max ms", "holds", "thread"],
  textFrom: 6,
  of: threads.length,
  rows: threads
    .slice(0, rows)
    .map((row) => [
      [[percent(row.holdFraction)]],
      [[percent(row.waitFraction)]],
      [[rate(row.waitP50Ms)]],
      [[rate(row.waitP99Ms)]],
      [[rate(row.waitMaxMs)]],
      [[whole(row.holds)]],
      [threadPieces(row)],
    ]),
});

const longHoldTable = ({ longHolds }: GilReport, nameOf: NameOf, { rows, frames }: Room): SectionTable => ({
  title: "Long holds, those that made others wait first",
  header: ["ms", "at s", "waiting", "thread", "what it ran"],
  textFrom: 3,
  of: longHolds.length,
  rows: longHolds
    .slice(0, rows)
    .map((hold) => [
      [[`${rate(hold.ms)}${hold.unfinished ? "+" : ""}`]],
      [[rate(hold.startMs / 1000)]],
      [[whole(hold.waiters.length)]],
      [nameOf(hold.threadId)],
      hold.frames.length > 0
        ? hold.frames.slice(0, frames).map((frame) => [framePiece(frame)])
        : [placeOf(hold.frames, hold.native)],
    ]),
});

const blameTable = ({ blame }: GilReport, nameOf: NameOf, { rows }: Room): SectionTable => ({
  title: "Who waited for whom",
  header: ["waited", "waiter", "holder"],
  textFrom: 1,
  of: blame.length,
  rows: blame.slice(0, rows).map((row) => [[[duration(row.ms)]], [nameOf(row.waiter)], [nameOf(row.holder)]]),
});
