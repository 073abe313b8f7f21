// What a picture of the tracks is made of, and where each lane lies on it. Next: painter.ts, overlay.ts.
import type { Tracks } from "../../state/gil/tracks.ts";
import type { Look } from "./look.ts";
import type { Marks } from "./marks.ts";

export interface Scene {
  readonly tracks: Tracks;
  readonly look: Look;
  /** Every thread, a column each: who owns the GIL hangs on all of them. */
  readonly threads: readonly number[];
  /** Those that have a lane, in this order. */
  readonly shown: readonly number[];
  readonly scrollTop: number;
  readonly marks: Marks;
}
/** A lane as it lies on the canvas. */
export interface Row {
  readonly threadId: number;
  /** In `threads`. */
  readonly at: number;
  readonly top: number;
}

export const headHeight = (look: Look): number => look.axis + look.owner;

/** Those that are in sight, if only in part. */
export function rowsOf({ look, threads, shown, scrollTop }: Scene, height: number): readonly Row[] {
  return shown
    .map((threadId, at) => ({ threadId, top: headHeight(look) + at * look.lane - scrollTop }))
    .filter(({ top }) => top + look.lane > headHeight(look) && top < height)
    .map((row) => ({ ...row, at: threads.indexOf(row.threadId) }));
}
