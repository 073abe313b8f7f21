// A synthetic recording of ten million holds in; how long the answers of the GIL screens take, out: lanes at every depth, single holds,
// the distribution, the report, and the exports with the memory they need.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { exportRecording } from "../engine/export/export.ts";
import { queryDistribution, queryGil, queryHolds, queryLanes } from "../engine/queries.ts";
import { openRecorder } from "../engine/recorder/recorder.ts";
import { openRecording } from "../engine/store/reader.ts";
import { VarintWriter } from "../engine/store/varints.ts";
import type { Result } from "../shared/failures.ts";
import { holdFlags, type RawBatch } from "../shared/records.ts";
import { count, nanoseconds } from "../shared/units.ts";
import { decodeBatch } from "../shared/wire.ts";
import { decodeHolds } from "../shared/wire-gil.ts";
import { emptyDefinitions } from "../test/fixtures/empty-definitions.ts";
import { encodeBatch } from "../test/fixtures/encode-batch.ts";
import { median, printFigure } from "./lib/figures.ts";

const shape = { threads: 20, batches: 600, holds: 16_700 } as const;
const batchNs = 1e8;
const runs = 5;
const startNs = 1e12;

/** @throws when something refuses: then there is nothing to measure. */
function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.cause}`);
  return result.value;
}

/** Threads take turns, every 100th hold is long and the next one waits for it. */
function batchAt(sequence: number): RawBatch {
  const writer = new VarintWriter();
  const first = sequence * shape.holds;
  const step = batchNs / shape.holds;
  let [index, released] = [0, 0];
  for (let row = 0; row < shape.holds; row++) {
    const [long, after] = [row % 100 === 0, row % 100 === 1];
    const end = Math.floor(startNs + (sequence - 1) * batchNs + (row + 1) * step);
    writer.unsigned(first + row - index);
    writer.unsigned(end - released);
    writer.unsigned(1 + ((first + row) % shape.threads));
    writer.unsigned((after ? holdFlags.waited : 0) | holdFlags.switched);
    writer.unsigned(Math.floor(long ? step * 0.9 : step / 2));
    writer.unsigned(after ? Math.floor(step / 3) : 0);
    index = first + row;
    released = end;
  }
  const bytes = writer.bytes();
  const counts = { allocations: count(0), frees: count(0), holds: count(first + shape.holds), errors: count(0) };
  const time = nanoseconds(startNs + sequence * batchNs);
  return {
    ...decodeBatch(encodeBatch({ sequence, time, last: sequence === shape.batches - 1 })),
    ...{ produced: counts, holds: decodeHolds(bytes, shape.holds), holdBytes: bytes, holdCrc: crc32(bytes) },
    gil: { switches: count(first), intervalMicroseconds: 5000, open: [] },
  };
}

function record(path: string): void {
  const target = { pid: 1, executable: "python3", command: "", python: "3.11.7", build: [], platform: "linux-x64" };
  const options = { path, target, collected: ["gil"], startedAt: new Date(0), privacy: "standard" } as const;
  const recorder = must(openRecorder(options));
  const threads = Array.from({ length: shape.threads }, (_, at) => ({
    ...{ id: at + 1, tid: 100 + at, name: `thread ${at + 1}`, kernelName: "python3" },
  }));
  for (let sequence = 0; sequence < shape.batches; sequence++)
    must(recorder.apply(batchAt(sequence), sequence === 0 ? { ...emptyDefinitions, threads } : emptyDefinitions));
  must(recorder.finish(undefined));
}

/** Each run opens the file anew, as the engine does. */
function time(name: string, wanted: string | undefined, ask: () => Result<unknown>): void {
  must(ask());
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    must(ask());
    return performance.now() - started;
  });
  const value = `${median(times).toFixed(1)} ms`;
  printFigure({ name: `gil-views ${name}`, value, runs, ...(wanted === undefined ? {} : { wanted }) });
}

function measure(path: string): void {
  const endMs = shape.batches * 100;
  for (const buckets of [600, 2048, 8192])
    for (const spanMs of [endMs, 10_000, 1000, 100, 1]) {
      const fromMs = endMs === spanMs ? 0 : endMs / 2 + 0.3;
      const range = { fromMs, toMs: fromMs + spanMs, buckets };
      time(`lanes ${spanMs} ms in ${buckets}`, "at most 50 ms", () => queryLanes({ path, ...range }));
    }
  time("holds of 10 ms", "at most 50 ms", () => queryHolds({ path, fromMs: 30_000, toMs: 30_010, limit: 2000 }));
  time("distribution of all", undefined, () => queryDistribution({ path }));
  time("distribution of 10 s", undefined, () => queryDistribution({ path, fromMs: 5000, toMs: 15_000 }));
  time("report", undefined, () => queryGil({ path }));
}

function exports(path: string): void {
  for (const format of ["chrome", "perfetto"] as const) {
    const reader = must(openRecording(path));
    const started = performance.now();
    const { bytes } = must(exportRecording(reader, { format, out: `${path}.${format}` }));
    reader.close();
    const seconds = (performance.now() - started) / 1000;
    const value = `${seconds.toFixed(1)} s, ${(bytes / 1e6).toFixed(0)} MB`;
    printFigure({ name: `gil-views export ${format}`, value, runs: 1 });
  }
  const resident = process.resourceUsage().maxRSS / 1024;
  printFigure({
    name: "gil-views memory at most, recorder and queries included",
    value: `${resident.toFixed(0)} MiB`,
    runs: 1,
  });
}

const folder = mkdtempSync(join(tmpdir(), "refscope-bench-"));
try {
  const path = join(folder, "bench.refscope");
  record(path);
  const each = statSync(path).size / (shape.batches * shape.holds);
  printFigure({ name: "gil-views", value: `${each.toFixed(1)} bytes a stored hold`, runs: 1 });
  measure(path);
  exports(path);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
