// A recording that is too large in; the oldest detail taken out, the finest first. Totals and names stay. Used by recorder.ts.
import { type Resolution, resolutions } from "../store/schema.ts";
import type { RecordingWriter } from "../store/writer.ts";

/** Part of the kept time that goes at once, so that not every batch has to make room. */
const partAtOnce = 1 / 8;

/** Takes one step; false when nothing more may go. `coveredTo` tells to where the file could do without a resolution. */
export function forgetOldest(writer: RecordingWriter, coveredTo: (resolution: Resolution) => number): boolean {
  for (const [index, resolution] of resolutions.entries()) {
    const coarser = resolutions[index + 1] ?? resolution;
    const oldest = writer.oldest(resolution);
    const newest = coveredTo(resolution);
    if (oldest === undefined || oldest > newest) continue;
    // A cut stands where a coarser chunk ends, so that each moment is in one chunk only.
    const cut = Math.ceil((oldest + (newest - oldest) * partAtOnce) / coarser) * coarser;
    writer.forget(resolution, Math.min(cut, newest));
    return true;
  }
  return false;
}
