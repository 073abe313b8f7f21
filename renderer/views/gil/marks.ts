// The long holds of a report in, where they are marked and what they are called on the tracks out. Next: slices.ts.
import type { LongHold } from "../../../shared/gil-document.ts";
import { visible } from "../../logic/escape.ts";

export interface Marks {
  readonly byThread: ReadonlyMap<number, readonly LongHold[]>;
  readonly byHold: ReadonlyMap<number, LongHold>;
  /** Thread names as they may be written on a canvas. */
  readonly names: ReadonlyMap<number, string>;
}

const longestName = 48;

export const written = (text: string): string => visible(text, longestName);

export function marksOf(longHolds: readonly LongHold[], names: ReadonlyMap<number, string>): Marks {
  const byThread = new Map<number, LongHold[]>();
  for (const hold of longHolds.toSorted((a, b) => a.startMs - b.startMs)) {
    const own = byThread.get(hold.threadId);
    if (own) own.push(hold);
    else byThread.set(hold.threadId, [hold]);
  }
  return { byThread, byHold: new Map(longHolds.map((hold) => [hold.hold, hold])), names };
}

/** The C function where it is known, else the Python one; undefined for a hold that was not looked at. */
export function functionOf(hold: LongHold | undefined): string | undefined {
  const name = hold?.frames[0]?.function ?? hold?.native.find((frame) => frame.function !== null)?.function;
  return name ? written(name) : undefined;
}
