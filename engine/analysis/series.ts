// A reader and a number of buckets in; what was live, allocated and freed over time out, for a chart. Next: engine/engine.ts.
import type { Bucket } from "../../shared/rpc-contract.ts";
import type { ChunkSums, RecordingReader } from "../store/reader.ts";
import { type Resolution, resolutions } from "../store/schema.ts";

/** Batches come a little early or late, so that narrower buckets would show that and not the target. */
const narrowestMs = 500;

export interface Series {
  readonly bucketSeconds: number;
  readonly buckets: Bucket[];
}

export function seriesOf(reader: RecordingReader, most: number): Series {
  const duration = reader.duration;
  const width = bucketWidth(duration, Math.max(1, most));
  const chunks = Array.from(reader.sums(finestFor(width)));
  const { live, liveBytes } = levelBefore(reader, chunks);
  const byBucket = new Map<number, ChunkSums[]>();
  const last = Math.max(0, Math.ceil(duration / width) - 1);
  for (const chunk of chunks) {
    const at = Math.min(last, Math.max(0, Math.ceil(chunk.t / width) - 1));
    byBucket.set(at, [...(byBucket.get(at) ?? []), chunk]);
  }
  const level = { live, liveBytes };
  const buckets = Array.from({ length: duration > 0 ? last + 1 : 0 }, (_, at) =>
    bucketOf((at * width) / 1000, level, byBucket.get(at)),
  );
  return { bucketSeconds: width / 1000, buckets };
}

/** A multiple of the chunks it is made of, so that each bucket holds as many. */
export function bucketWidth(duration: number, most: number): number {
  for (const resolution of resolutions) {
    const unit = Math.max(narrowestMs, resolution);
    const width = Math.max(1, Math.ceil(duration / most / unit)) * unit;
    if (width <= unit * 10) return width;
  }
  return Math.ceil(duration / most / 60_000) * 60_000;
}

export const finestFor = (width: number): Resolution =>
  [...resolutions].reverse().find((resolution) => resolution <= width && width % resolution === 0) ?? 100;

/** What is live at the end less what changed since: right also where detail at the start was taken out. */
function levelBefore(reader: RecordingReader, chunks: readonly ChunkSums[]): { live: number; liveBytes: number } {
  const { totals } = reader;
  let [live, liveBytes] = [0, 0];
  for (let row = 0; row < totals.length; row++) {
    live += (totals.allocations[row] ?? 0) - (totals.frees[row] ?? 0);
    liveBytes += (totals.allocatedBytes[row] ?? 0) - (totals.freedBytes[row] ?? 0);
  }
  for (const chunk of chunks) {
    live -= chunk.allocations - chunk.frees;
    liveBytes -= chunk.allocatedBytes - chunk.freedBytes;
  }
  return { live, liveBytes };
}

function bucketOf(
  at: number,
  level: { live: number; liveBytes: number },
  chunks: readonly ChunkSums[] | undefined,
): Bucket {
  if (!chunks) return { at, live: null, liveBytes: null, allocated: null, freed: null };
  let [allocated, freed] = [0, 0];
  for (const chunk of chunks) {
    allocated += chunk.allocations;
    freed += chunk.frees;
    level.liveBytes += chunk.allocatedBytes - chunk.freedBytes;
  }
  level.live += allocated - freed;
  return { at, live: level.live, liveBytes: level.liveBytes, allocated, freed };
}
