// A drawn situation at the GIL, recorded, in; the answers of the engine's calls, each of the form that the contract names, out.
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { type RpcName, rpcContract } from "../shared/rpc-contract.ts";
import { nanoseconds } from "../shared/units.ts";
import { originNs } from "../test/fixtures/drawn-gil.ts";
import { type GilRecording, recordDrawing } from "../test/fixtures/recorded-gil.ts";
import { expectOk, temporaryFolder } from "../test/fixtures/synthetic-recording.ts";
import { createEngine } from "./engine.ts";

const pad = (line: string, length = 200) => line.padEnd(length);
function recorded(given: GilRecording): string {
  const path = join(temporaryFolder(), "a.refscope");
  recordDrawing(path, given);
  return path;
}
/** Through the engine, and checked against the contract as a door would. */
async function ask<N extends RpcName>(name: N, params: v.InferInput<(typeof rpcContract)[N]["params"]>) {
  const engine = createEngine();
  const result = expectOk(await engine.call(name, params));
  await engine.close();
  expect(v.safeParse(rpcContract[name].result, result).issues).toBeUndefined();
  return result;
}

const frames = [{ code: 1, instruction: 0 }];
const definitions = {
  codes: [{ id: 1, function: "bad", file: "app.py", firstLine: 3, lineTable: new Uint8Array() }],
  types: [{ id: 1, name: "ValueError" }],
  calls: [
    { id: 1, function: "PyGILState_Ensure", module: "/lib/fast.so" },
    { id: 2, function: "PyErr_Clear", module: "/lib/fast.so" },
  ],
  messages: [{ key: 1, text: "no such field" }],
};
const sample = { hold: 0, thread: 1, at: nanoseconds(originNs + 15e6), frames, native: [] };
const lines = [pad(`  ${"h".repeat(20)}`), pad(`          ${"w".repeat(12)}${"h".repeat(6)}`)];

describe("gil.report", () => {
  test("threads, the long hold with its function, blame and calls", async () => {
    const batch = { calls: [{ id: 1, calls: 7 }] };
    const path = recorded({ lines, samples: [sample], definitions, batch });
    expect(await ask("gil.report", { path })).toMatchObject({
      switches: 2,
      switchesCounted: 2,
      thresholdMs: 10,
      threads: [
        { threadId: 101, name: "thread 1", holdFraction: expect.closeTo(0.1), holds: 1 },
        {
          threadId: 102,
          holdFraction: expect.closeTo(0.03),
          waitFraction: expect.closeTo(0.06),
          waits: 1,
          waitMaxMs: 12,
        },
      ],
      longHolds: [{ hold: 0, threadId: 101, startMs: 2, ms: 20, waiters: [102], frames: [{ function: "bad" }] }],
      blame: [{ waiter: 102, holder: 101, ms: 12 }],
      convoys: [{ waiter: 102, holder: 101, waits: 1, ms: 12 }],
      calls: [{ module: "/lib/fast.so", function: "PyGILState_Ensure", calls: 7 }],
    });
  });
  test.each([
    ["goes on", { goesOn: true }],
    ["was written as unfinished at the end", { unfinished: true }],
    ["was not written at the end", {}],
  ])("a hold that never ends is there once when it %s", async (_, ending) => {
    const path = recorded({ lines: ["h".repeat(200), pad(`${" ".repeat(100)}${"w".repeat(100)}`)], ...ending });
    const report = await ask("gil.report", { path });
    expect(report).toMatchObject({
      threads: [
        { threadId: 101, holdFraction: 1, holdMaxMs: 200 },
        { threadId: 102, waitFraction: 0.5, waitMaxMs: 100 },
      ],
      blame: [{ waiter: 102, holder: 101, ms: 100 }],
    });
    expect(report?.longHolds).toMatchObject([{ threadId: 101, ms: 200, unfinished: true, waiters: [102] }]);
    const lanes = await ask("gil.lanes", { path, fromMs: 0, toMs: 200, buckets: 2 });
    expect(lanes?.lanes.map(({ held, waited }) => [held, waited])).toEqual([
      [
        [1, 1],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 1],
      ],
    ]);
  });
});

test("lanes, holds and the distribution of one recording agree", async () => {
  const path = recorded({ lines });
  const lanes = await ask("gil.lanes", { path, fromMs: 0, toMs: 40, buckets: 4 });
  expect(lanes?.recordingMs).toBe(200);
  expect(lanes?.lanes.map(({ held }) => held)).toEqual([
    [0.8, 1, 0.2, 0],
    [0, 0, 0.6, 0],
  ]);
  const holds = await ask("gil.holds", { path, fromMs: 25, toMs: 26, limit: 5 });
  expect(holds).toMatchObject({ of: 1, rows: [{ threadId: 102, requestMs: 10, acquiredMs: 22, waitedFor: 101 }] });
  const all = await ask("gil.distribution", { path });
  const same = await ask("gil.distribution", { path, fromMs: 0, toMs: 199.9 });
  expect(same?.holds).toEqual(all?.holds);
  expect(same?.waits).toEqual(all?.waits);
});

test("contention alone is that of the distribution, in as many parts as are asked for", async () => {
  const path = recorded({ lines });
  const parts = await ask("gil.contention", { path, buckets: 4 });
  const all = (await ask("gil.distribution", { path }))?.contention ?? [];
  const average = (points: readonly { readonly waiting: number }[]) =>
    points.reduce((sum, { waiting }) => sum + waiting, 0) / points.length;
  expect(parts?.map(({ atMs }) => atMs)).toEqual([0, 50, 100, 150]);
  expect(average(parts ?? [])).toBeCloseTo(average(all));
  expect(average(parts ?? [])).toBeGreaterThan(0);
});

test("now, while it goes on, and null afterwards", async () => {
  const path = recorded({ lines: ["h".repeat(200), pad("")], goesOn: true });
  expect(await ask("gil.now", { path })).toMatchObject({ atMs: 200, holder: 101, threads: [{ state: "holding" }] });
  expect(await ask("gil.now", { path: recorded({ lines }) })).toBeNull();
});

test("errors: what was raised where, its message, the rate, the calls", async () => {
  const batch = {
    sites: [{ id: 1, native: 0n, frames: [[1, 0] satisfies [number, number]] }],
    errorKeys: [
      { id: 1, act: 0, type: 1, site: 1 },
      { id: 2, act: 2, type: 1, site: 1 },
    ],
    errors: [
      { key: 1, count: 30, chained: 10 },
      { key: 2, count: 4, chained: 0 },
    ],
    calls: [{ id: 2, calls: 9 }],
    produced: { holds: 2, errors: 34 },
  };
  const path = recorded({ lines, definitions, batch });
  expect(await ask("errors.report", { path })).toMatchObject({
    raised: [{ type: "ValueError", count: 30, perSecond: 150, message: "no such field", chained: 10 }],
    findings: [],
    calls: [{ function: "PyErr_Clear", calls: 9 }],
  });
  const rates = await ask("errors.series", { path, buckets: 10 });
  expect(rates).toMatchObject({ buckets: [{ raised: 60, lost: 0 }], types: [{ type: "ValueError", count: 30 }] });
  expect(await ask("recording.report", { path })).toMatchObject({ gil: { switches: 2 }, errors: { raised: [{}] } });
});
