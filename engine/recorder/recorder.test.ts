// Batches in; what the file says afterwards out.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bytes } from "../../shared/units.ts";
import {
  batchOf,
  counted,
  expectOk,
  feed,
  noDefinitions,
  optionsFor,
  read,
  recorderAt,
  temporaryFolder,
} from "../../test/fixtures/synthetic-recording.ts";
import { openRecorder } from "./recorder.ts";

const path = () => join(temporaryFolder(), "a.refscope");
/** "key keeps live" of each key, from its totals. */
const kept = (file: string): readonly string[] => {
  const { totals } = read(file);
  return Array.from(
    totals.key,
    (key, row) => `${key} keeps ${(totals.allocations[row] ?? 0) - (totals.frees[row] ?? 0)}`,
  );
};

describe("a recording that is finished", () => {
  test("adds up", () => {
    const file = path();
    const recorder = recorderAt(file);
    feed(recorder, ["+++ - ", "+-+-+-"]);
    expectOk(recorder.finish(counted({ allocations: 6, frees: 4 })));
    expect(kept(file)).toEqual(["1 keeps 2", "2 keeps 0"]);
    const facts = read(file).recording();
    expect(facts).toMatchObject({ status: "closed", seconds: 0.6, notObserved: [] });
    expect([facts.produced, facts.stored, facts.dropped]).toEqual([
      { allocations: 6, frees: 4 },
      { allocations: 6, frees: 4 },
      { allocations: 0, frees: 0 },
    ]);
  });

  test("is one file that only its owner reads, sealed", () => {
    const file = path();
    const recorder = recorderAt(file);
    feed(recorder, ["+".repeat(130)]);
    expectOk(recorder.finish(counted({ allocations: 130, frees: 0 })));
    expect(readdirSync(join(file, ".."))).toEqual(["a.refscope"]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(read(file).verify()).toBe("verified");
  });

  test("tells each moment once at each resolution", () => {
    const file = path();
    const recorder = recorderAt(file);
    feed(recorder, ["+".repeat(700), "9-".repeat(350)]);
    expectOk(recorder.finish(undefined));
    const reader = read(file);
    for (const resolution of [100, 1000, 10_000, 60_000] as const) {
      const chunks = [...reader.chunks(resolution)];
      const made = chunks.flatMap(({ deltas }) => [...deltas.allocations]).reduce((a, b) => a + b, 0);
      expect([resolution, chunks.length, made]).toEqual([resolution, Math.ceil(70_000 / resolution), 700 + 9 * 350]);
    }
  });
});

describe("a recording that goes on", () => {
  test("has only SQLite's files beside it", () => {
    const file = path();
    const recorder = recorderAt(file);
    feed(recorder, ["+"]);
    expect(readdirSync(join(file, "..")).sort()).toEqual(["a.refscope", "a.refscope-shm", "a.refscope-wal"]);
    expectOk(recorder.finish(undefined));
  });

  test("can be read meanwhile, to its last batch", () => {
    const file = path();
    const recorder = recorderAt(file);
    feed(recorder, ["+".repeat(123)]);
    expect(kept(file)).toEqual(["1 keeps 123"]);
    const reader = read(file);
    expect(reader.recording().status).toBe("recording");
    for (const resolution of [100, 1000, 10_000, 60_000] as const) {
      expect([...reader.chunks(resolution)].reduce((sum, { deltas }) => sum + (deltas.allocations[0] ?? 0), 0)).toBe(
        123,
      );
    }
    expectOk(recorder.finish(undefined));
  });

  test("is not overwritten by another recorder, a finished one is", () => {
    const file = path();
    const first = recorderAt(file);
    expect(openRecorder(optionsFor(file))).toMatchObject({ ok: false, failure: { code: "recording-in-use" } });
    expectOk(first.finish(undefined));
    expectOk(recorderAt(file).finish(undefined));
  });

  test("says its size, time and rate", () => {
    const recorder = recorderAt(path());
    feed(recorder, ["2".repeat(50)]);
    expect(recorder.state()).toMatchObject({ seconds: 5, rate: 20 });
    expect(recorder.state().bytes).toBeGreaterThan(4096);
    expectOk(recorder.finish(undefined));
  });
});

describe("produced = stored + dropped", () => {
  test("a batch that does not arrive is dropped", () => {
    const file = path();
    const recorder = recorderAt(file);
    const row = { key: 1, allocations: 5, frees: 1, allocatedBytes: 500, freedBytes: 100 };
    expectOk(
      recorder.apply(batchOf({ sequence: 0, rows: [row], produced: { allocations: 5, frees: 1 } }), noDefinitions),
    );
    expectOk(
      recorder.apply(
        batchOf({ sequence: 2, rows: [row], produced: { allocations: 15, frees: 3 }, last: true }),
        noDefinitions,
      ),
    );
    expectOk(recorder.finish(counted({ allocations: 15, frees: 3 })));
    const facts = read(file).recording();
    expect(facts.dropped).toEqual({ allocations: 5, frees: 1 });
    expect(facts.notObserved).toEqual(["1 batches did not arrive; their events are counted as dropped."]);
  });

  test("what the target dropped, and what its own count says more, is dropped", () => {
    const file = path();
    const recorder = recorderAt(file);
    const row = { key: 1, allocations: 5, frees: 0, allocatedBytes: 500, freedBytes: 0 };
    const counts = { produced: { allocations: 7, frees: 0 }, dropped: { allocations: 2, frees: 0 } };
    expectOk(recorder.apply(batchOf({ sequence: 0, rows: [row], last: true, ...counts }), noDefinitions));
    expect(recorder.state()).toMatchObject({
      produced: { allocations: 7 },
      stored: { allocations: 5 },
      dropped: { allocations: 2 },
    });
    expectOk(recorder.finish(counted({ allocations: 8, frees: 0 })));
    expect(read(file).recording()).toMatchObject({
      produced: { allocations: 8 },
      stored: { allocations: 5 },
      dropped: { allocations: 3 },
    });
  });

  test("more than the target counted is said, and still adds up", () => {
    const file = path();
    const recorder = recorderAt(file);
    feed(recorder, ["5"]);
    expectOk(recorder.finish(counted({ allocations: 3, frees: 0 })));
    const facts = read(file).recording();
    expect(facts).toMatchObject({
      produced: { allocations: 5 },
      stored: { allocations: 5 },
      dropped: { allocations: 0 },
    });
    expect(facts.notObserved.join()).toContain("2 allocations fewer than it sent");
  });

  test("a batch that comes twice is stored once", () => {
    const file = path();
    const recorder = recorderAt(file);
    feed(recorder, ["++"]);
    feed(recorder, ["++"]);
    expectOk(recorder.finish(undefined));
    expect(kept(file)).toEqual(["1 keeps 2"]);
  });
});

test("a batch that fails half-way leaves nothing behind", () => {
  const file = path();
  const recorder = recorderAt(file);
  feed(recorder, ["+++"]);
  const row = { key: 2, allocations: 1, frees: 0, allocatedBytes: 1, freedBytes: 0 };
  const code = { id: 1, function: "f", file: "f.py", firstLine: Number.NaN, lineTable: new Uint8Array() };
  const refused = recorder.apply(batchOf({ sequence: 3, rows: [row] }), {
    ...noDefinitions,
    codes: [code],
    types: [{ id: 9, name: "half" }],
  });
  expect(refused).toMatchObject({ ok: false, failure: { code: "bug" } });
  expectOk(recorder.finish(undefined));
  expect(kept(file)).toEqual(["1 keeps 3"]);
  expect([...read(file).names.types.values()]).toEqual([]);
});

test("a rolling window keeps the size and the totals, and says what went", () => {
  const file = path();
  const limit = 2 * 2 ** 20;
  const recorder = recorderAt(file, { maxBytes: bytes(limit) });
  const rows = Array.from({ length: 400 }, (_, key) => ({
    key,
    allocations: 1000,
    frees: 900,
    allocatedBytes: 123_456,
    freedBytes: 120_000,
  }));
  let largest = 0;
  for (let sequence = 0; sequence < 1500; sequence++) {
    const produced = { allocations: 400_000 * (sequence + 1), frees: 360_000 * (sequence + 1) };
    expectOk(recorder.apply(batchOf({ sequence, rows, produced, last: sequence === 1499 }), noDefinitions));
    largest = Math.max(largest, recorder.state().bytes);
    if (sequence === 0) expect(recorder.state().trimmed).toBe(false);
  }
  expect(recorder.state().trimmed).toBe(true);
  expectOk(recorder.finish(counted({ allocations: 400_000 * 1500, frees: 360_000 * 1500 })));
  expect(largest).toBeLessThan(limit + 2 ** 20);
  const reader = read(file);
  const facts = reader.recording();
  expect(facts.stored).toEqual({ allocations: 400_000 * 1500, frees: 360_000 * 1500 });
  expect(facts.notObserved.join("\n")).toMatch(/Detail of 0\.1 s is kept from \d+ s on/);
  for (const resolution of [100, 1000, 10_000] as const) {
    const sum = [...reader.sums(resolution)].reduce((total, { allocations }) => total + allocations, 0);
    expect(sum).toBe(400_000 * 1500);
  }
});

test("minimal privacy keeps the folder and name of files only", () => {
  const file = path();
  const recorder = recorderAt(file, { privacy: "minimal" });
  const code = { id: 1, function: "f", file: "/srv/ann/work/shop/cart.py", firstLine: 1, lineTable: new Uint8Array() };
  feed(recorder, ["+"], {
    ...noDefinitions,
    codes: [code],
    modules: [{ path: "/srv/ann/lib/fast.so", base: 0x7000n, size: 4096 }],
  });
  recorder.nameNative(0x7010n, { module: "/srv/ann/lib/fast.so", function: undefined, offset: 16 });
  expectOk(recorder.finish(undefined));
  const { names, facts } = read(file);
  expect([names.codes.get(1)?.file, names.modules[0]?.path, names.symbols.get(0x7010n)?.module]).toEqual([
    "shop/cart.py",
    "lib/fast.so",
    "lib/fast.so",
  ]);
  expect(facts.target).toMatchObject({ command: "", executable: "bin/python3.11" });
});

test("native callers wait for their names", () => {
  const file = path();
  const recorder = recorderAt(file);
  const sites = [
    { id: 1, native: 0x7f00_1234_5678n, frames: [] },
    { id: 2, native: 0n, frames: [] },
  ];
  expectOk(recorder.apply(batchOf({ sequence: 0, sites, last: true }), noDefinitions));
  expect(recorder.unresolvedNative()).toEqual([0x7f00_1234_5678n]);
  recorder.nameNative(0x7f00_1234_5678n, { module: "/lib/fast.so", function: "grow", offset: 7 });
  expect(recorder.unresolvedNative()).toEqual([]);
  expectOk(recorder.finish(undefined));
  expect(read(file).names.symbols.get(0x7f00_1234_5678n)).toEqual({
    module: "/lib/fast.so",
    function: "grow",
    offset: 7,
  });
});

test("a place that cannot be written is a failure with its reason", () => {
  const folder = temporaryFolder();
  expect(openRecorder(optionsFor(join(folder, "none", "a.refscope")))).toMatchObject({
    ok: false,
    failure: { code: "cannot-write" },
  });
  expect(openRecorder(optionsFor(folder))).toMatchObject({ ok: false, failure: { code: "cannot-write" } });
  expect(existsSync(join(folder, "none"))).toBe(false);
});
