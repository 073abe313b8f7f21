// A reader and a number of buckets in; what was live, allocated and freed over time out, for a chart. Next: engine/engine.ts.
import type { Bucket } from "../../shared/rpc-contract.ts";
import type { ChunkSums, RecordingReader } from "../store/reader.ts";
import { type Resolution, resolutions } from "../store/schema.ts";

/** Batches come a little early or late, so that narrower buckets would show that and not the target. */
export const narrowestMs = 500;

export interface Series {
  readonly bucketSeconds: number;
  readonly buckets: Bucket[];
}

export function seriesOf(reader: RecordingReader, most: number): Series {
  const duration = reader.duration;
  const width = bucketWidth(duration, Math.max(1, most));
  const chunks = Array.from(reader.sums(finestWithin(width, duration)));
  const level = levelBefore(reader, chunks);
  const byBucket = new Map<number, ChunkSums[]>();
  const last = Math.max(0, Math.ceil(duration / width) - 1);
  for (const chunk of chunks) {
    const at = Math.min(last, Math.max(0, Math.ceil(chunk.t / width) - 1));
    byBucket.set(at, [...(byBucket.get(at) ?? []), chunk]);
  }
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

/** Sums read at most, so that what rose and fell within a bucket is seen: each may stand on a page of its own. */
const mostSums = 4000;
const finestWithin = (width: number, duration: number): Resolution =>
  resolutions.find((resolution) => width % resolution === 0 && duration / resolution <= mostSums) ?? finestFor(width);

interface Level {
  live: number;
  liveBytes: number;
}
/** What is live at the end less what changed since: right also where detail at the start was taken out. */
function levelBefore(reader: RecordingReader, chunks: readonly ChunkSums[]): Level {
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

function bucketOf(at: number, level: Level, chunks: readonly ChunkSums[] | undefined): Bucket {
  if (!chunks) return { at, ...unknown };
  let [allocated, freed] = [0, 0];
  const [live, liveBytes] = [rangeFrom(level.live), rangeFrom(level.liveBytes)];
  for (const chunk of chunks) {
    allocated += chunk.allocations;
    freed += chunk.frees;
    level.live += chunk.allocations - chunk.frees;
    level.liveBytes += chunk.allocatedBytes - chunk.freedBytes;
    reach(live, level.live);
    reach(liveBytes, level.liveBytes);
  }
  return { at, ...level, liveRange: live, liveBytesRange: liveBytes, allocated, freed };
}

const unknown = {
  ...{ live: null, liveBytes: null, liveRange: null, liveBytesRange: null },
  ...{ allocated: null, freed: null },
};

interface Range {
  least: number;
  most: number;
}
const rangeFrom = (value: number): Range => ({ least: value, most: value });

function reach(range: Range, value: number): void {
  range.least = Math.min(range.least, value);
  range.most = Math.max(range.most, value);
}
