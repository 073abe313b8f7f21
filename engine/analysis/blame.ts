// Totals of who waited for whom in; blame rows and convoys, the worst first, out. Next: gil.ts.
import type { BlameRow, Convoy } from "../../shared/gil-document.ts";
import type { GilReader } from "../store/gil-reader.ts";
import { tidOf } from "./gil-threads.ts";

/** The rows of a waiter add up to its waits, that which goes on included. */
export function blameRows(gil: GilReader): BlameRow[] {
  const rows = gil.blame().filter(({ ns }) => ns > 0);
  return rows
    .map(({ waiter, holder, ns }) => ({ waiter: tidOf(gil, waiter), holder: tidOf(gil, holder), ms: ns / 1e6 }))
    .sort((a, b) => b.ms - a.ms);
}

export function convoys(gil: GilReader): Convoy[] {
  const rows = gil.blame().filter(({ convoyWaits }) => convoyWaits > 0);
  return rows
    .map(({ waiter, holder, convoyWaits, convoyNs }) => ({
      waiter: tidOf(gil, waiter),
      holder: tidOf(gil, holder),
      waits: convoyWaits,
      ms: convoyNs / 1e6,
    }))
    .sort((a, b) => b.ms - a.ms);
}
