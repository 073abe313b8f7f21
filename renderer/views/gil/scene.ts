// What a picture of the tracks is made of, and where each lane lies on it. Next: painter.ts, overlay.ts.
import type { Tracks } from "../../state/gil/tracks.ts";
import type { Look } from "./look.ts";
import type { Marks } from "./marks.ts";

export interface Scene {
  readonly tracks: Tracks;
  readonly look: Look;
  readonly threads: readonly number[];
  readonly scrollTop: number;
  readonly marks: Marks;
}
/** A lane as it lies on the canvas. */
export interface Row {
  readonly threadId: number;
  readonly at: number;
  readonly top: number;
}

export const headHeight = (look: Look): number => look.axis + look.owner;

/** Those that are in sight, if only in part. */
export function rowsOf({ look, threads, scrollTop }: Scene, height: number): readonly Row[] {
  return threads
    .map((threadId, at) => ({ threadId, at, top: headHeight(look) + at * look.lane - scrollTop }))
    .filter(({ top }) => top + look.lane > headHeight(look) && top < height);
}
