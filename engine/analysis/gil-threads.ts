// Totals of the threads and what is open in; a row a thread, the busiest first, out. Next: gil.ts.
import type { GilThread } from "../../shared/gil-document.ts";
import type { GilReader, ThreadTotals } from "../store/gil-reader.ts";
import type { OpenState } from "./open-states.ts";

/** `seconds` is the recording's time, which the fractions are of. */
export function gilThreads(gil: GilReader, open: readonly OpenState[], seconds: number): GilThread[] {
  const totals = new Map(gil.totals().map((row) => [row.thread, row]));
  const threads = new Set([...totals.keys(), ...open.map(({ thread }) => thread)]);
  const rows = [...threads].map((thread) => threadRow(gil, thread, totals.get(thread), open, seconds));
  return rows.sort((a, b) => b.holdFraction + b.waitFraction - (a.holdFraction + a.waitFraction));
}

function threadRow(
  gil: GilReader,
  thread: number,
  totals: ThreadTotals | undefined,
  open: readonly OpenState[],
  seconds: number,
): GilThread {
  const openMs = (state: OpenState["state"]) =>
    open.find((row) => row.thread === thread && row.state === state)?.forMs ?? 0;
  const [holdingMs, waitingMs] = [openMs("holding"), openMs("waiting")];
  const part = (ns: number, ms: number) => (seconds > 0 ? Math.min(1, (ns / 1e9 + ms / 1e3) / seconds) : 0);
  // Of a thread that has only ever waited, or never let go, what goes on is all there is.
  const hold = (quantile: number) => ms(totals?.holdHistogram.quantile(quantile)) ?? holdingMs;
  const wait = (quantile: number) => ms(totals?.waitHistogram.quantile(quantile)) ?? waitingMs;
  return {
    ...namesOf(gil, thread),
    holdFraction: part(totals?.heldNs ?? 0, holdingMs),
    waitFraction: part(totals?.waitedNs ?? 0, waitingMs),
    holds: totals?.holds ?? 0,
    waits: totals?.waits ?? 0,
    forced: totals?.forced ?? 0,
    waitP50Ms: wait(0.5),
    waitP99Ms: wait(0.99),
    waitMaxMs: Math.max(waitingMs, (totals?.waitMaxNs ?? 0) / 1e6),
    holdP50Ms: hold(0.5),
    holdP99Ms: hold(0.99),
    holdMaxMs: Math.max(holdingMs, (totals?.holdMaxNs ?? 0) / 1e6),
  };
}

const ms = (ns: number | undefined): number | undefined => (ns === undefined ? undefined : ns / 1e6);

/** A thread that the agent has not introduced yet has the id 0, which no thread of Linux has. */
export const tidOf = (gil: GilReader, thread: number): number => gil.threads.get(thread)?.tid ?? 0;

export function namesOf(gil: GilReader, thread: number): Pick<GilThread, "threadId" | "name" | "kernelName"> {
  const known = gil.threads.get(thread);
  return { threadId: known?.tid ?? 0, name: known?.name ?? null, kernelName: known?.kernelName ?? null };
}
