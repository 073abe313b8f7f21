// Synthetic holds of the GIL in; how many a second are decoded, summed up and stored, what one takes in the file, and how long the
// lanes of a range take to read, out.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRecorder } from "../engine/recorder/recorder.ts";
import { openRecording } from "../engine/store/reader.ts";
import type { Result } from "../shared/failures.ts";
import { holdFlags } from "../shared/records.ts";
import { decodeBatch } from "../shared/wire.ts";
import { emptyDefinitions } from "../test/fixtures/empty-definitions.ts";
import { type BatchHold, encodeBatch } from "../test/fixtures/encode-batch.ts";
import { median, printFigure } from "./lib/figures.ts";

/** 50 batches of a tenth of a second at 2 M holds a second. */
const shape = { threads: 20, batches: 50, holds: 200_000 } as const;
const warmUpBatches = 5;
const runs = 3;
const startNs = 1e12 - 1e8;
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

/** Threads that take the GIL in the order they ask for it; now and then one keeps it for a whole switch interval. */
function* simulated(): Generator<BatchHold> {
  const requests = Array.from({ length: shape.threads }, () => startNs + below(4000));
  let now: number = startNs;
  for (let index = 0; ; index++) {
    const request = Math.min(...requests);
    const thread = requests.indexOf(request);
    const waits = request < now;
    const acquired = Math.max(now, request);
    const held = below(20_000) === 0 ? 5_000_000 : 150 + below(500);
    now = acquired + held;
    requests[thread] = now + below(16_000);
    const waited = waits ? acquired - request : below(90);
    const flags = (waits ? holdFlags.waited : 0) + (held > 1e6 ? holdFlags.forced : 0) + holdFlags.switched;
    const intervals = waits ? Math.floor(waited / 5e6) : 0;
    yield { index, thread: thread + 1, released: now, held, waited, flags, intervals };
  }
}

function batchesOf(): readonly Uint8Array[] {
  const holds = simulated();
  const take = () => holds.next().value ?? undefined;
  return Array.from({ length: shape.batches }, (_, sequence) => {
    const part = Array.from({ length: shape.holds }, take).filter((hold) => hold !== undefined);
    const time = part.at(-1)?.released ?? 0;
    const gil = { switches: (sequence + 1) * shape.holds, intervalMicroseconds: 5000, open: [] };
    return encodeBatch({ sequence, time, holds: part, gil, produced: { holds: (sequence + 1) * shape.holds } });
  });
}

/** Milliseconds of this process on a core: others may use the machine meanwhile. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Stores a recording of these batches; how many holds a second of one core that was. */
function recordOnce(path: string, batches: readonly Uint8Array[]): number {
  const options = { path, target, collected: ["gil"], startedAt: new Date(0), privacy: "standard" } as const;
  const started = cpuMs();
  const recorder = must(openRecorder(options));
  for (const bytes of batches) must(recorder.apply(decodeBatch(bytes), emptyDefinitions));
  must(recorder.finish(undefined));
  return (batches.length * shape.holds * 1000) / (cpuMs() - started);
}

/** Milliseconds for the lanes of a range, at the resolution that gives about 1,500 buckets. */
function readOnce(path: string, part: number): number {
  const started = performance.now();
  const reader = must(openRecording(path));
  const length = reader.duration * part;
  const { gil } = reader;
  const resolution = gil?.laneResolutions.findLast((ms) => ms <= Math.max(1, length / 1500)) ?? 1;
  let rows = 0;
  for (const { holds } of gil?.lanes(resolution, reader.duration / 3, reader.duration / 3 + length) ?? [])
    rows += holds;
  reader.close();
  return rows < 0 ? 0 : performance.now() - started;
}

function measure(folder: string): void {
  const path = join(folder, "bench.refscope");
  const batches = batchesOf();
  recordOnce(join(folder, "warm.refscope"), batches.slice(0, warmUpBatches));
  const speeds = Array.from({ length: runs }, () => recordOnce(path, batches));
  const figure = (value: string, wanted: string, runs: number) => printFigure({ name: "holds", value, wanted, runs });
  figure(`${(median(speeds) / 1e6).toFixed(2)} M holds a second of one core`, "3", runs);
  const wire = batches.reduce((sum, { length }) => sum + length, 0) / (shape.batches * shape.holds);
  const each = statSync(path).size / (shape.batches * shape.holds);
  figure(`${each.toFixed(1)} bytes a stored hold, ${wire.toFixed(1)} as they came`, "fewer", 1);
  for (const part of [1, 0.5, 0.1, 0.01]) {
    const times = Array.from({ length: 5 }, () => readOnce(path, part));
    figure(`${median(times).toFixed(1)} ms to read the lanes of ${part * 100} % of 10 M holds`, "at most 50", 5);
  }
}

const folder = mkdtempSync(join(tmpdir(), "refscope-bench-"));
try {
  measure(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
