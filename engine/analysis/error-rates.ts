// A reader and a number of buckets in; errors a second over time, in all and of the most frequent types, out. Next: queries.ts.
import type { ErrorRates } from "../../shared/gil-views.ts";
import type { RawErrorKey } from "../../shared/records.ts";
import type { ErrorReader } from "../store/error-reader.ts";
import { extensionOf } from "./errors.ts";
import type { Recorded } from "./recorded.ts";
import { bucketWidth, finestFor } from "./series.ts";

const mostTypes = 6;

interface Counts {
  readonly raised: Float64Array;
  readonly lost: Float64Array;
  /** By type id. */
  readonly types: Map<number, Float64Array>;
  /** Buckets of which something is known. */
  readonly known: Uint8Array;
}

export function errorRates(reader: Recorded, most: number): ErrorRates | null {
  const { errors } = reader;
  if (!errors) return null;
  const width = bucketWidth(reader.duration, Math.max(1, most));
  const counts = countErrors(reader, errors, width, Math.ceil(reader.duration / width));
  const bucketSeconds = width / 1000;
  const rate = (column: Float64Array, at: number) => (counts.known[at] ? (column[at] ?? 0) / bucketSeconds : null);
  return {
    bucketSeconds,
    buckets: Array.from(counts.raised, (_, at) => ({
      at: at * bucketSeconds,
      raised: rate(counts.raised, at),
      lost: rate(counts.lost, at),
    })),
    types: frequentTypes(reader, errors).map(({ type, ids, count }) => ({
      type,
      count,
      raised: Array.from(counts.raised, (_, at) => {
        const sum = ids.reduce((total, id) => total + (counts.types.get(id)?.[at] ?? 0), 0);
        return sum / bucketSeconds;
      }),
    })),
  };
}

function countErrors(reader: Recorded, errors: ErrorReader, width: number, length: number): Counts {
  const column = () => new Float64Array(length);
  const counts: Counts = { raised: column(), lost: column(), types: new Map(), known: new Uint8Array(length) };
  const bucketAt = (t: number) => Math.min(length - 1, Math.max(0, Math.ceil(t / width) - 1));
  const extension = extensionOf(reader);
  let [first, sum] = [length, 0];
  for (const { t, errors: deltas } of errors.chunks()) {
    const at = bucketAt(t);
    first = Math.min(first, at);
    counts.known[at] = 1;
    for (let row = 0; row < deltas.length; row++) {
      sum += deltas.count[row] ?? 0;
      const key = errors.keys.get(deltas.key[row] ?? 0);
      countRow(counts, key, key !== undefined && extension(key.site) !== undefined, at, deltas.count[row] ?? 0);
    }
  }
  // A batch without an error says that there was none, unless it is of the time whose detail was taken out.
  const all = errors.totals().reduce((total, { count }) => total + count, 0);
  const from = sum < all ? first : 0;
  for (const { t } of reader.sums(finestFor(width))) if (bucketAt(t) >= from) counts.known[bucketAt(t)] = 1;
  return counts;
}

function countRow(counts: Counts, key: RawErrorKey | undefined, isLoss: boolean, at: number, count: number): void {
  if (!key) return;
  if (key.act !== "raised") {
    if (isLoss) counts.lost[at] = (counts.lost[at] ?? 0) + count;
    return;
  }
  counts.raised[at] = (counts.raised[at] ?? 0) + count;
  const type = counts.types.get(key.type) ?? new Float64Array(counts.raised.length);
  type[at] = (type[at] ?? 0) + count;
  counts.types.set(key.type, type);
}

/** Two type objects of one name are one type to a reader. */
function frequentTypes({ names }: Recorded, errors: ErrorReader) {
  const types = new Map<string, { type: string; ids: number[]; count: number }>();
  for (const { key: id, count } of errors.totals()) {
    const key = errors.keys.get(id);
    if (key?.act !== "raised" || count === 0) continue;
    const type = names.types.get(key.type) ?? "?";
    const row = types.get(type) ?? { type, ids: [], count: 0 };
    if (!row.ids.includes(key.type)) row.ids.push(key.type);
    row.count += count;
    types.set(type, row);
  }
  return [...types.values()].sort((a, b) => b.count - a.count).slice(0, mostTypes);
}
