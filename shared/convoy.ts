// Convoys and blame of a GIL report in; the worst one, as who holds and who waits behind it, out: all doors say the same one. Next:
// engine/report/gil-section.ts, renderer/logic/gil/finding.ts.
import type { BlameRow, Convoy, GilReport } from "./gil-document.ts";

export interface Queue {
  readonly holder: number;
  /** Who wait behind it through whole switch intervals, the one that lost most first. */
  readonly waiters: readonly number[];
  readonly waits: number;
  readonly ms: number;
  /** Of all that these threads waited for anybody, 0 to 1. */
  readonly part: number;
}

/** From here on they wait mostly behind this one. */
export const mostly = 0.5;

export function worstQueue({ convoys, blame }: Pick<GilReport, "convoys" | "blame">): Queue | undefined {
  const holders = [...new Set(convoys.map(({ holder }) => holder))];
  const queues = holders.map((holder) => queueOf(holder, convoys, blame));
  return queues.sort((a, b) => b.ms - a.ms)[0];
}

function queueOf(holder: number, convoys: readonly Convoy[], blame: readonly BlameRow[]): Queue {
  const rows = convoys.filter((row) => row.holder === holder).sort((a, b) => b.ms - a.ms);
  const waiters = rows.map(({ waiter }) => waiter);
  const own = blame.filter(({ waiter }) => waiters.includes(waiter));
  const all = sum(own);
  const behind = sum(own.filter((row) => row.holder === holder));
  return {
    holder,
    waiters,
    waits: rows.reduce((total, { waits }) => total + waits, 0),
    ms: sum(rows),
    part: all > 0 ? behind / all : 0,
  };
}

const sum = (rows: readonly { readonly ms: number }[]): number => rows.reduce((total, { ms }) => total + ms, 0);
