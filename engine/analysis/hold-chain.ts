// A hold in; whom it waited for, what that one had waited for, and so on until nobody, out: the chain of blame. Next: queries.ts.
import type { GilChain } from "../../shared/gil-views.ts";
import type { GilReader } from "../store/gil-reader.ts";
import { tidOf } from "./gil-threads.ts";
import { type Hold, holdAt } from "./holds.ts";

/** Where threads compute without a pause the chain has no end but the recording's beginning. */
const mostSteps = 24;

/** Null where there is no such hold. */
export function gilChain(
  gil: GilReader | undefined,
  { hold, atMs }: { readonly hold: number; readonly atMs: number },
): GilChain | null {
  const first = gil && findHold(gil, atMs, (row) => row.hold === hold);
  if (!first) return null;
  const holds = [first];
  for (let last = first; last.waited && holds.length < mostSteps; ) {
    const holder = holderAt(gil, last.requestMs);
    if (!holder) break;
    holds.push(holder);
    last = holder;
  }
  const steps = holds.map(({ thread, ...row }, at) => {
    const next = holds[at + 1];
    return { ...row, threadId: tidOf(gil, thread), waitedFor: next ? tidOf(gil, next.thread) : null };
  });
  return { steps, end: endOf(holds) };
}

function endOf(holds: readonly Hold[]): GilChain["end"] {
  if (!holds.at(-1)?.waited) return "nobody";
  return holds.length === mostSteps ? "cut" : "unknown";
}

/** Holds do not overlap: the first that is released after the moment is the one, if it was taken before. */
function holderAt(gil: GilReader, atMs: number): Hold | undefined {
  const next = findHold(gil, atMs, ({ releasedMs }) => releasedMs > atMs);
  return next && next.acquiredMs <= atMs ? next : undefined;
}

function findHold(gil: GilReader, atMs: number, is: (hold: Hold) => boolean): Hold | undefined {
  for (const holds of gil.holds(atMs, atMs))
    for (let row = 0; row < holds.length; row++) {
      const hold = holdAt(holds, row);
      if (is(hold)) return hold;
    }
  return undefined;
}
