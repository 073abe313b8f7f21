// A reader and a number of buckets in; what was allocated and freed in each, and how much of it is surely still alive, out. Next: queries.ts.
import type { Flow } from "../../shared/flow.ts";
import { numbersEach, signed } from "../store/delta-numbers.ts";
import type { RecordingReader, StoredChanges } from "../store/reader.ts";
import { type Resolution, resolutions } from "../store/schema.ts";
import { narrowestMs } from "./series.ts";

/** Chunks decoded at most before the next coarser resolution is taken: as many as What grows reads. */
const mostChunks = 300;

export function flowOf(reader: RecordingReader, most: number): Flow {
  const { duration } = reader;
  const resolution = resolutions.find((one) => duration / one <= mostChunks) ?? 60_000;
  const width = widthOf(duration, resolution, Math.max(1, most));
  const sums = Array.from({ length: Math.ceil(duration / width) }, (): Sums | undefined => undefined);
  const keys = keysOf(reader);
  for (const chunk of reader.changes(resolution)) {
    const at = Math.max(0, Math.min(sums.length - 1, Math.ceil(chunk.t / width) - 1));
    const into = sums[at] ?? { allocated: 0, freed: 0, alive: 0 };
    addChunk(into, keys, chunk);
    sums[at] = into;
  }
  return {
    bucketSeconds: width / 1000,
    buckets: sums.map((sum, at) => ({ at: (at * width) / 1000, ...(sum ?? unknown) })),
  };
}

interface Sums {
  allocated: number;
  freed: number;
  alive: number;
}
const unknown = { allocated: null, freed: null, alive: null };

/** A multiple of the chunks, so that each bucket holds as many. */
function widthOf(duration: number, resolution: Resolution, most: number): number {
  const unit = Math.max(narrowestMs, resolution);
  return Math.max(1, Math.ceil(duration / most / unit)) * unit;
}

/** Frees that are still to come of each key, when its chunks are read in their order. */
function keysOf({ totals }: RecordingReader): Float64Array {
  const toCome = new Float64Array((totals.key[totals.length - 1] ?? 0) + 1);
  for (let row = 0; row < totals.length; row++) toCome[totals.key[row] ?? 0] = totals.frees[row] ?? 0;
  return toCome;
}

/** What a site freed before is none of what it allocates now; of all that it frees from here on nobody knows. */
function addChunk(into: Sums, freesToCome: Float64Array, { numbers, length }: StoredChanges): void {
  let key = 0;
  for (let at = 0; at < length * numbersEach; at += numbersEach) {
    key += numbers[at] ?? 0;
    const [made, freed] = [signed(numbers[at + 1] ?? 0), signed(numbers[at + 2] ?? 0)];
    const toCome = freesToCome[key] ?? 0;
    into.allocated += made;
    into.freed += freed;
    into.alive += Math.max(0, made - toCome);
    freesToCome[key] = toCome - freed;
  }
}
