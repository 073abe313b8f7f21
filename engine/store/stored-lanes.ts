// A time range and a resolution in; what each thread did in each bucket out, each moment once. Used by stored-gil.ts.
import type { LaneRow } from "./gil-reader.ts";
import { intact } from "./intact.ts";
import { decodeLanes, type LaneColumns } from "./lane-records.ts";
import { coverage, type Span } from "./plan.ts";
import { boundedBlob, bytesAt, numberAt, readableRow, readableRows, type Source } from "./rows.ts";
import { laneResolutions, trimmedLane } from "./schema-gil.ts";

type LaneResolution = (typeof laneResolutions)[number];

export interface LaneSource extends Source {
  /** To where what `trimmed` names was taken out. */
  readonly trimmed: (name: string) => number;
}
interface Range {
  readonly from: number;
  readonly to: number;
}

/** A wait that ends late brings buckets of long ago: rows are found by what they reach, `t` tells when they came. */
const rowsQuery = `SELECT records, crc, ${boundedBlob("cells")} FROM lane WHERE id IN (SELECT id FROM lane INDEXED BY lane_span
  WHERE level = ? AND t > ? AND t <= ? AND from_bucket <= ? AND to_bucket >= ?) ORDER BY id`;

export function* readLaneRows(
  source: LaneSource,
  resolutionMs: number,
  fromMs: number,
  toMs: number,
): Generator<LaneRow> {
  const wanted = laneResolutions.find((resolution) => resolution === resolutionMs);
  if (wanted === undefined) throw new RangeError(`no lanes of ${resolutionMs} ms are kept`);
  const range = { from: Math.max(0, Math.floor(fromMs / wanted)), to: Math.ceil(toMs / wanted) - 1 };
  const level = (of: LaneResolution) => laneResolutions.indexOf(of);
  const kept = (of: LaneResolution) => source.trimmed(trimmedLane(level(of)));
  const newest = "SELECT max(t) FROM lane INDEXED BY lane_span WHERE level = ?";
  const last = (of: LaneResolution): number => numberAt(readableRow(source, newest, level(of)) ?? [], 0);
  // A batch's time is rounded to a millisecond: what it brought may be that much later.
  for (const span of coverage(laneResolutions, wanted, Math.max(0, fromMs - 1), kept, last))
    yield* rowsOf(source, span, wanted, range);
}

function* rowsOf(source: LaneSource, span: Span<LaneResolution>, wanted: number, range: Range): Generator<LaneRow> {
  const { resolution, from, to } = span;
  const [first, last] = [(range.from * wanted) / resolution, ((range.to + 1) * wanted) / resolution];
  const limits = [laneResolutions.indexOf(resolution), from, to, Math.ceil(last), Math.floor(first)];
  for (const row of readableRows(source, rowsQuery, ...limits)) {
    const read = (bytes: Uint8Array) => decodeLanes(bytes, numberAt(row, 0), resolution * 1e6);
    const columns = intact(source.damage, numberAt(row, 1), () => bytesAt(row, 2), read);
    if (!columns) continue;
    if (resolution <= wanted) yield* summed(columns, wanted / resolution, range);
    else yield* spread(columns, resolution / wanted, range);
  }
}

/** Buckets of a finer resolution, or the wanted one, each in the one that holds it. */
function* summed(columns: LaneColumns, factor: number, range: Range): Generator<LaneRow> {
  const { thread, bucket: first, lengths, held, waited, holds } = columns;
  const [lowest, highest] = [range.from * factor, range.to * factor + factor - 1];
  for (let row = 0; row < columns.length; row++) {
    const start = first[row] ?? 0;
    const end = Math.min(highest, start + (lengths[row] ?? 1) - 1);
    for (let at = Math.max(lowest, start); at <= end; ) {
      const bucket = Math.floor(at / factor);
      const times = Math.min(end, bucket * factor + factor - 1) - at + 1;
      yield {
        bucket,
        thread: thread[row] ?? 0,
        heldNs: (held[row] ?? 0) * times,
        waitedNs: (waited[row] ?? 0) * times,
        holds: (holds[row] ?? 0) * times,
      };
      at += times;
    }
  }
}

/** Buckets of a coarser resolution: where the detail was taken out, what is left is spread evenly. */
function* spread(columns: LaneColumns, factor: number, range: Range): Generator<LaneRow> {
  const { thread, bucket: first, lengths, held, waited, holds } = columns;
  for (let row = 0; row < columns.length; row++) {
    const start = (first[row] ?? 0) * factor;
    const end = Math.min(range.to, start + (lengths[row] ?? 1) * factor - 1);
    for (let bucket = Math.max(range.from, start); bucket <= end; bucket++) {
      yield {
        bucket,
        thread: thread[row] ?? 0,
        heldNs: (held[row] ?? 0) / factor,
        waitedNs: (waited[row] ?? 0) / factor,
        // Holds are whole: those of a coarse bucket stand in the first of its parts.
        holds: bucket % factor === 0 ? (holds[row] ?? 0) : 0,
      };
    }
  }
}
