// A reader in; who holds and who waits now, and the shares of the last second, out. Next: queries.ts.
import type { GilNow } from "../../shared/gil-views.ts";
import type { GilReader } from "../store/gil-reader.ts";
import { namesOf, tidOf } from "./gil-threads.ts";
import { type LaneSums, laneSums } from "./lane-sums.ts";
import { type OpenState, openStates } from "./open-states.ts";
import type { Recorded } from "./recorded.ts";

/** The last second, in buckets no wider than any pyramid has. */
const windowMs = 1000;
const buckets = 1000;

/** Null when the recording is not going on, or does not follow the GIL. */
export function gilNow(reader: Recorded): GilNow | null {
  const { gil } = reader;
  if (!gil?.now || reader.file.status !== "recording") return null;
  const { atMs } = gil.now;
  const open = openStates(reader, gil);
  const fromMs = Math.max(0, atMs - windowMs);
  const spanMs = atMs - fromMs;
  const sums = laneSums(gil, { fromMs, widthMs: Math.max(spanMs, 1) / buckets, count: buckets }, open);
  const holds = [...sums.values()].reduce((total, lane) => total + sum(lane.holds), 0);
  const holder = open.find(({ state }) => state === "holding");
  const totals = new Map(gil.totals().map((row) => [row.thread, row.holds]));
  const threads = [...new Set([...totals.keys(), ...open.map(({ thread }) => thread)])].sort((a, b) => a - b);
  return {
    atMs,
    holder: holder ? tidOf(gil, holder.thread) : null,
    holdsPerSecond: spanMs > 0 ? (holds * 1000) / spanMs : 0,
    threads: threads.map((thread) => ({
      ...threadNow(gil, thread, sums.get(thread), open, spanMs),
      holds: totals.get(thread) ?? 0,
    })),
  };
}

function threadNow(
  gil: GilReader,
  thread: number,
  sums: LaneSums | undefined,
  open: readonly OpenState[],
  spanMs: number,
): Omit<GilNow["threads"][number], "holds"> {
  const is = open.find((row) => row.thread === thread);
  const part = (column: Float64Array | undefined) => (column && spanMs > 0 ? Math.min(1, sum(column) / spanMs) : 0);
  return {
    ...namesOf(gil, thread),
    state: is?.state === undefined ? "released" : is.state,
    sinceMs: is?.forMs ?? null,
    holdFraction: part(sums?.held),
    waitFraction: part(sums?.waited),
  };
}

const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);
