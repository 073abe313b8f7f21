// Synthetic batches in; how many delta records a second reach SQLite, what one takes in the file, how long a report takes, out.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildReport } from "../engine/analysis/report.ts";
import type { Definitions } from "../engine/recorder/definitions.ts";
import { openRecorder, type Recorder } from "../engine/recorder/recorder.ts";
import { openRecording } from "../engine/store/reader.ts";
import type { Result } from "../shared/failures.ts";
import { decodeBatch } from "../shared/wire.ts";
import { emptyDefinitions } from "../test/fixtures/empty-definitions.ts";
import { type BatchRow, encodeBatch } from "../test/fixtures/encode-batch.ts";
import { median, printFigure } from "./lib/figures.ts";

const shape = { batches: 6000, rows: 500, keys: 5000, frames: 4, codes: 400 } as const;
/** Batches that differ; they are sent again and again. */
const different = 200;
/** The code is compiled by the time a recording is as long as the measured ones. */
const warmUpBatches = 1000;
const runs = 5;
const target = {
  pid: 1,
  executable: "/usr/bin/python3",
  command: "",
  python: "3.11.7",
  build: ["release"],
  platform: "linux-x64",
};
/** @throws when the recorder refuses: then there is nothing to measure. */
function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.cause}`);
  return result.value;
}

/** The same numbers in every run. */
function* randomNumbers(): Generator<number> {
  for (let state = 7; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}
const random = randomNumbers();
const below = (limit: number) => Math.floor((random.next().value ?? 0) * limit);

const definitions: Definitions = {
  ...emptyDefinitions,
  codes: Array.from({ length: shape.codes }, (_, id) => ({
    id,
    function: `function_${id}`,
    file: `/srv/app/package_${id % 40}/module_${id % 160}.py`,
    firstLine: 10,
    lineTable: Uint8Array.from({ length: 120 }, (_, at) => (at % 2 === 0 ? 0x80 | (11 << 3) : 0)),
  })),
  types: Array.from({ length: 60 }, (_, id) => ({ id, name: `package.Type${id}` })),
};

interface Batches {
  readonly first: Uint8Array;
  readonly next: readonly Uint8Array[];
}
/** Batches of 500 keys out of 5,000, a few of which leak; the sequence and time of each are written over. */
function batchesOf(): Batches {
  const sites = Array.from({ length: shape.keys }, (_, id) => ({
    id,
    native: 0n,
    frames: Array.from({ length: shape.frames }, (): [number, number] => [below(shape.codes), 2 * below(60)]),
  }));
  const keys = Array.from({ length: shape.keys }, (_, id) => ({ id, type: id % 60, site: id, domain: 2 }));
  const next = Array.from({ length: different }, (_, sequence) => {
    const chosen = new Set(Array.from({ length: shape.rows * 2 }, () => below(shape.keys)));
    const rows = [...chosen]
      .slice(0, shape.rows)
      .sort((a, b) => a - b)
      .map(rowOf);
    return encodeBatch({ sequence, time: 0, rows });
  });
  return { first: encodeBatch({ sequence: 0, time: 0, sites, keys }), next };
}

function rowOf(key: number): BatchRow {
  const allocations = below(400);
  const frees = key % 50 === 0 ? Math.floor(allocations / 2) : allocations;
  return { key, allocations, frees, allocatedBytes: allocations * 72, freedBytes: frees * 72 };
}

function feed(recorder: Recorder, { first, next }: Batches, batches: number): void {
  for (let sequence = 0; sequence <= batches; sequence++) {
    const bytes = sequence === 0 ? first : (next[sequence % different] ?? first);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    view.setBigUint64(16, BigInt(sequence), true);
    view.setBigUint64(24, 10n ** 12n + BigInt(sequence) * 10n ** 8n, true);
    must(recorder.apply(decodeBatch(bytes), sequence === 0 ? definitions : emptyDefinitions));
  }
}

/** Stores a recording of so many batches; how many records a second that was. */
function recordOnce(path: string, batches: Batches, length: number): number {
  const started = performance.now();
  const options = { path, target, collected: ["lifecycle"], startedAt: new Date(0), privacy: "standard" } as const;
  const recorder = must(openRecorder(options));
  feed(recorder, batches, length);
  must(recorder.finish(undefined));
  return (length * shape.rows * 1000) / (performance.now() - started);
}

/** Seconds. */
function reportOnce(path: string): number {
  const started = performance.now();
  const reader = must(openRecording(path));
  buildReport(reader);
  reader.close();
  return (performance.now() - started) / 1000;
}

function measure(path: string): void {
  const batches = batchesOf();
  recordOnce(path, batches, warmUpBatches);
  const speeds = Array.from({ length: runs }, () => recordOnce(path, batches, shape.batches));
  const each = statSync(path).size / (shape.batches * shape.rows);
  const reports = Array.from({ length: runs }, () => reportOnce(path));
  const figure = (value: string, wanted: string) => printFigure({ name: "recorder", value, wanted, runs });
  figure(`${(median(speeds) / 1e6).toFixed(2)} M records/s`, "2");
  figure(`${each.toFixed(1)} bytes a stored record`, "at most 20");
  figure(`${median(reports).toFixed(2)} s for the report of 10 minutes with ${shape.keys} keys`, "at most 1");
}

const folder = mkdtempSync(join(tmpdir(), "refscope-bench-"));
try {
  measure(join(folder, "bench.refscope"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
