// A shape and a size in; a synthetic recording of that size, with memory, the GIL and errors, out. Used by large.ts.
import { crc32 } from "node:zlib";
import { openRecorder, type Recorder } from "../../engine/recorder/recorder.ts";
import { VarintWriter } from "../../engine/store/varints.ts";
import type { Result } from "../../shared/failures.ts";
import { holdFlags, type RawBatch } from "../../shared/records.ts";
import { count, nanoseconds } from "../../shared/units.ts";
import { decodeBatch } from "../../shared/wire.ts";
import { decodeHolds } from "../../shared/wire-gil.ts";
import { emptyDefinitions } from "../../test/fixtures/empty-definitions.ts";
import { type BatchRow, encodeBatch } from "../../test/fixtures/encode-batch.ts";
import { randomNumbers } from "../../test/fixtures/random-numbers.ts";

export interface LargeShape {
  readonly name: string;
  /** Allocation sites with their types. */
  readonly keys: number;
  /** Keys that change in a tenth of a second. */
  readonly rows: number;
  /** Holds of the GIL in a tenth of a second. */
  readonly holds: number;
  /** Frames of a site. */
  readonly depth: number;
}

/** What a service of some hours looks like. */
export const mixed: LargeShape = { name: "20,000 sites and the GIL", keys: 20_000, rows: 4000, holds: 2000, depth: 8 };

const threads = 20;
/** Batches that differ; they are sent again and again. */
const different = 40;
const codes = 2000;
const callees = 7;
const types = 60;
const batchNs = 1e8;
const startNs = 1e12;
const target = {
  ...{ pid: 1, executable: "/usr/bin/python3", command: "", python: "3.11.7" },
  ...{ build: ["release"], platform: "linux-x64" },
};

/** @throws when it is refused: then there is nothing to measure. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.cause}`);
  return result.value;
}

const definitions = {
  ...emptyDefinitions,
  codes: Array.from({ length: codes }, (_, id) => ({
    ...{ id, function: `function_${id}`, file: `/srv/app/package_${id % 40}/module_${id % 160}.py`, firstLine: 10 },
    lineTable: Uint8Array.from({ length: 120 }, (_, at) => (at % 2 === 0 ? 0x80 | (11 << 3) : 0)),
  })),
  types: Array.from({ length: types }, (_, id) => ({ id, name: `package.Type${id}` })),
  threads: Array.from({ length: threads }, (_, at) => ({
    ...{ id: at + 1, tid: 100 + at, name: `thread ${at + 1}`, kernelName: "python3" },
  })),
};

/** What the batches bring of memory and of errors, without their times. */
function contents({ keys, rows, depth }: LargeShape): readonly Uint8Array[] {
  const random = randomNumbers(7);
  const below = (limit: number) => Math.floor((random.next().value ?? 0) * limit);
  // Stacks of a program: a tree of calls, in which every frame calls a few others.
  const stacks: (readonly [number, number])[][] = [];
  for (let id = 0; id < keys; id++) {
    const caller = id === 0 ? [] : (stacks[Math.floor((id - 1) / callees)] ?? []);
    stacks.push([[below(codes), 2 * below(60)] as const, ...caller].slice(0, depth));
  }
  const row = (key: number): BatchRow => {
    const allocations = 1 + below(400);
    const frees = key % 50 === 0 ? Math.floor(allocations / 2) : allocations;
    return { key, allocations, frees, allocatedBytes: allocations * 72, freedBytes: frees * 72 };
  };
  const names = {
    sites: Array.from({ length: keys }, (_, id) => ({ id, native: 0n, frames: stacks[id] ?? [] })),
    keys: Array.from({ length: keys }, (_, id) => ({ id, type: id % types, site: id, domain: 2 })),
    errorKeys: Array.from({ length: 50 }, (_, id) => ({ id, act: 0, type: id, site: id })),
  };
  return Array.from({ length: different }, (_, at) => {
    const chosen = [...new Set(Array.from({ length: rows }, () => below(keys)))].sort((a, b) => a - b);
    const errors = Array.from({ length: 50 }, (_, key) => ({ key, count: 1 + below(9), chained: 0 }));
    return encodeBatch({ sequence: at, time: 0, rows: chosen.map(row), errors, ...(at === 0 ? names : {}) });
  });
}

/** Threads take turns; every 100th hold is long, some longer than the threshold, and the next one waits for it. */
function holdsAt(sequence: number, each: number): Pick<RawBatch, "holds" | "holdBytes" | "holdCrc" | "gil"> {
  const writer = new VarintWriter();
  const step = batchNs / Math.max(1, each);
  let [index, released] = [0, 0];
  for (let row = 0; row < each; row++) {
    const [long, after] = [row % 100 === 0, row % 100 === 1];
    const hold = sequence * each + row;
    const end = Math.floor(startNs + (sequence - 1) * batchNs + (row + 1) * step);
    writer.unsigned(hold - index);
    writer.unsigned(end - released);
    writer.unsigned(1 + (hold % threads));
    writer.unsigned((after ? holdFlags.waited : 0) | holdFlags.switched);
    writer.unsigned(Math.floor(long ? step * 0.9 : step / 2));
    writer.unsigned(after ? Math.floor(step / 3) : 0);
    index = hold;
    released = end;
  }
  const bytes = writer.bytes();
  return {
    ...{ holds: decodeHolds(bytes, each), holdBytes: bytes, holdCrc: crc32(bytes) },
    gil: { switches: count(sequence * each), intervalMicroseconds: 5000, open: [] },
  };
}

/** A recorder that has stored so many bytes and is not finished. */
export function recordLarge(path: string, shape: LargeShape, size: number): Recorder {
  const collected = ["lifecycle", "errors", ...(shape.holds > 0 ? ["gil"] : [])];
  const recorder = must(openRecorder({ path, target, collected, startedAt: new Date(0), privacy: "standard" }));
  const encoded = contents(shape);
  const [first = new Uint8Array(), ...next] = encoded;
  for (let sequence = 0; recorder.state().bytes < size; sequence++) {
    const decoded = decodeBatch(sequence === 0 ? first : (next[sequence % next.length] ?? first));
    const gil = shape.holds > 0 ? holdsAt(sequence, shape.holds) : {};
    const batch = { ...decoded, ...gil, sequence, time: nanoseconds(startNs + sequence * batchNs) };
    must(recorder.apply(batch, sequence === 0 ? definitions : emptyDefinitions));
  }
  return recorder;
}
