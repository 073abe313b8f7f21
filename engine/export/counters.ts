// A recording and a time range in; what was live over time, for the counter tracks of a trace, out. Next: chrome-trace.ts, perfetto-trace.ts.
import type { ChunkSums, RecordingReader } from "../store/reader.ts";

export interface TraceRange {
  readonly fromMs: number;
  readonly toMs: number;
}
/** What is told of the memory of the process, and in which unit Perfetto shows it. */
export const counterNames = ["live bytes", "live blocks"] as const;
export interface CounterPoint {
  /** Nanoseconds from the recording's start. */
  readonly time: number;
  /** One a name, in their order. */
  readonly values: readonly [liveBytes: number, liveBlocks: number];
}
export type Counted = Pick<RecordingReader, "totals" | "sums">;

const everyMs = 100;

/** Counted back from the end, as what was taken out of the file at the start is only in the totals. */
export function counterPoints(reader: Counted, { fromMs, toMs }: TraceRange): readonly CounterPoint[] {
  const chunks = Array.from(reader.sums(everyMs));
  const [changed, changedBytes] = [sum(chunks, changeOf), sum(chunks, changeOfBytes)];
  const { totals } = reader;
  let [live, bytes] = [-changed, -changedBytes];
  for (let row = 0; row < totals.length; row++) {
    live += (totals.allocations[row] ?? 0) - (totals.frees[row] ?? 0);
    bytes += (totals.allocatedBytes[row] ?? 0) - (totals.freedBytes[row] ?? 0);
  }
  return chunks.flatMap((chunk): readonly CounterPoint[] => {
    live += changeOf(chunk);
    bytes += changeOfBytes(chunk);
    const inside = chunk.t >= fromMs && chunk.t <= toMs;
    return inside ? [{ time: chunk.t * 1e6, values: [Math.max(0, bytes), Math.max(0, live)] }] : [];
  });
}

const changeOf = ({ allocations, frees }: ChunkSums): number => allocations - frees;
const changeOfBytes = ({ allocatedBytes, freedBytes }: ChunkSums): number => allocatedBytes - freedBytes;
const sum = (chunks: readonly ChunkSums[], of: (chunk: ChunkSums) => number): number =>
  chunks.reduce((total, chunk) => total + of(chunk), 0);
