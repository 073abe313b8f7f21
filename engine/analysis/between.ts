// A reader and times in; the ends of chunks nearest to them, and what each group of keys grew by from one to the next, out. Used by intervals.ts,
// engine/compare/marked.ts.
import { numbersEach, signed } from "../store/delta-numbers.ts";
import type { RecordingReader } from "../store/reader.ts";
import type { Groups } from "./groups.ts";

/** Where the recording can be cut nearest to a time, in milliseconds. */
export function cutNear(reader: RecordingReader, time: number): number {
  const [before, after] = reader.endsAround(time);
  return after === undefined || time - before <= after - time ? before : after;
}

export const endOf = (reader: RecordingReader): number => reader.endsAround(Number.MAX_SAFE_INTEGER)[0];

export interface Between {
  /** `values[group * spans + span]`: allocated minus freed. What only the totals tell is in the first span. */
  readonly objects: Float64Array;
  readonly bytes: Float64Array;
  /** Allocated, in the same order; as far as chunks tell. */
  readonly made: { readonly objects: Float64Array; readonly bytes: Float64Array };
  /** Of everything, one a span. */
  readonly total: { readonly objects: Float64Array; readonly bytes: Float64Array };
}

/** `ends` are 0 and what `cutNear` gave, ascending; a span lies between two of them. */
export function growthBetween(reader: RecordingReader, groups: Groups<unknown>, ends: readonly number[]): Between {
  const spans = ends.length - 1;
  const column = (rows: number) => new Float64Array(rows * spans);
  const { length } = groups.rows;
  const total = { objects: column(1), bytes: column(1) };
  const sums = {
    objects: column(length),
    bytes: column(length),
    made: { objects: column(length), bytes: column(length) },
    total,
  };
  for (let span = 0; span < spans; span++)
    for (const { length, numbers } of reader.changesBetween(ends[span] ?? 0, ends[span + 1] ?? 0))
      addChunk(sums, groups.groupOf, { numbers, length, span, spans });
  if (reader.totalsAloneTo > 0 && ends[0] === 0) fillFirst(reader, groups, ends, sums);
  return sums;
}

interface Chunk {
  readonly numbers: Float64Array;
  readonly length: number;
  readonly span: number;
  readonly spans: number;
}
function addChunk(sums: Between, groupOf: Int32Array, { numbers, length, span, spans }: Chunk): void {
  let key = 0;
  for (let at = 0; at < length * numbersEach; at += numbersEach) {
    key += numbers[at] ?? 0;
    const [made, madeBytes] = [signed(numbers[at + 1] ?? 0), signed(numbers[at + 3] ?? 0)];
    const objects = made - signed(numbers[at + 2] ?? 0);
    const bytes = madeBytes - signed(numbers[at + 4] ?? 0);
    addAt(sums.total, span, objects, bytes);
    const group = groupOf[key] ?? -1;
    if (group < 0) continue;
    addAt(sums, group * spans + span, objects, bytes);
    addAt(sums.made, group * spans + span, made, madeBytes);
  }
}

function addAt(to: Pick<Between, "objects" | "bytes">, at: number, objects: number, bytes: number): void {
  to.objects[at] = (to.objects[at] ?? 0) + objects;
  to.bytes[at] = (to.bytes[at] ?? 0) + bytes;
}

/** Of the oldest part of a long recording only the totals are kept: what is in them and in no chunk was in its first span. */
function fillFirst(
  { totals }: RecordingReader,
  { rows }: Groups<unknown>,
  ends: readonly number[],
  sums: Between,
): void {
  const spans = ends.length - 1;
  const first = ends.findIndex((end, at) => at > 0 && end > 0) - 1;
  if (first < 0) return;
  const later = (column: Float64Array, group: number) =>
    column.subarray(group * spans, (group + 1) * spans).reduce((sum, value) => sum + value, 0);
  for (const [group, { sums: all }] of rows.entries())
    addAt(sums, group * spans + first, all.live - later(sums.objects, group), all.liveBytes - later(sums.bytes, group));
  let [live, liveBytes] = [0, 0];
  for (let row = 0; row < totals.length; row++) {
    live += (totals.allocations[row] ?? 0) - (totals.frees[row] ?? 0);
    liveBytes += (totals.allocatedBytes[row] ?? 0) - (totals.freedBytes[row] ?? 0);
  }
  addAt(sums.total, first, live - later(sums.total.objects, 0), liveBytes - later(sums.total.bytes, 0));
}
