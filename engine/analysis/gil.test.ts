// A drawn situation at the GIL in; threads, long holds, lanes, single holds and the distribution out.
import { describe, expect, test } from "vitest";
import { nanoseconds } from "../../shared/units.ts";
import { type Drawing, drawnRecording, originNs } from "../../test/fixtures/drawn-gil.ts";
import { gilDistribution } from "./distribution.ts";
import { gilReport } from "./gil.ts";
import { gilChain } from "./hold-chain.ts";
import { gilHolds } from "./holds.ts";
import { gilLanes } from "./lanes.ts";
import { gilNow } from "./now.ts";

const threads = (drawing: Drawing) =>
  (gilReport(drawnRecording(drawing))?.threads ?? []).map(
    (row) => `${row.threadId} holds ${row.holdFraction} waits ${row.waitFraction} at most ${row.waitMaxMs}`,
  );
const shares = (lane: readonly number[] | undefined) =>
  (lane ?? []).map((part) => " ▁▂▃▄▅▆▇█"[Math.round(part * 8)]).join("");

describe("threads", () => {
  test("fractions are of the recording's time", () => {
    expect(threads({ lines: ["hhhhh     ", "wwwwwhhhh "] })).toEqual([
      "102 holds 0.4 waits 0.5 at most 5",
      "101 holds 0.5 waits 0 at most 0",
    ]);
  });
  test("a hold and a wait that go on count up to now", () => {
    expect(threads({ lines: ["hhhhhhhhhh", "  wwwwwwww"] })).toEqual([
      "101 holds 1 waits 0 at most 0",
      "102 holds 0 waits 0.8 at most 8",
    ]);
    const [, waiter] = gilReport(drawnRecording({ lines: ["hhhh", "wwww"] }))?.threads ?? [];
    expect(waiter).toMatchObject({ waits: 0, waitP50Ms: 4, waitP99Ms: 4 });
  });
});

const frame = (code: number, instruction = 0) => ({ code, instruction });
const sample = (hold: number, atMs: number, ...frames: readonly { code: number; instruction: number }[]) => ({
  hold,
  thread: 1,
  at: nanoseconds(originNs + atMs * 1e6),
  frames,
  native: hold === 0 && atMs === 5 ? [0x7010n, 0x9999n] : [],
});
const codes = new Map(
  ["main", "bad", "good"].map((name, at) => [
    at,
    { id: at, function: name, file: "app.py", firstLine: 10 * at + 1, lineTable: new Uint8Array() },
  ]),
);
const symbols = new Map([[0x7010n, { module: "/lib/fast.so", function: "crunch", offset: 4 }]]);

describe("long holds", () => {
  test("the stack that stood for most of the time, not the one seen most often", () => {
    const samples = [
      sample(0, 5, frame(1, 2), frame(0)),
      sample(0, 12, frame(1, 4), frame(0)),
      sample(0, 13, frame(2), frame(0)),
      sample(0, 14, frame(2), frame(0)),
      sample(0, 15, frame(2), frame(0)),
      sample(0, 19),
    ];
    const report = gilReport(drawnRecording({ lines: ["hhhhhhhhhhhhhhhhhhhh "], samples, names: { codes, symbols } }));
    const [hold] = report?.longHolds ?? [];
    expect(hold?.frames.map((row) => row.function)).toEqual(["bad", "main"]);
    expect(hold?.native).toEqual([
      { module: "/lib/fast.so", function: "crunch" },
      { module: "?", function: null },
    ]);
    expect(hold).toMatchObject({ hold: 0, threadId: 101, startMs: 0, ms: 20, unfinished: false });
  });
  test("what others waited for stands first, then what lasted longest", () => {
    const lines = ["hhhhhhhhhhhhhhhhhhhh             hhhhhhhhhhhh ", "                    hhhhhhhhhhhhh     wwwwwwwh "];
    const report = gilReport(drawnRecording({ lines }));
    expect(report?.longHolds.map(({ ms, waiters }) => [ms, waiters])).toEqual([
      [12, [102]],
      [20, []],
      [13, []],
    ]);
  });
  test("the one that goes on is among them, with who waits for it", () => {
    const report = gilReport(
      drawnRecording({
        lines: ["    hhhhhhhhhhhh", "      wwwwwwwwww"],
        samples: [sample(7, 9, frame(1))],
        names: { codes },
      }),
    );
    expect(report?.longHolds).toMatchObject([
      { hold: 7, threadId: 101, startMs: 4, ms: 12, unfinished: true, waiters: [102], frames: [{ function: "bad" }] },
    ]);
  });
});

describe("lanes", () => {
  const lines = ["hhhh    hhhhhhhh", "wwwwhhhhwwwwwwww"];
  test("from single holds", () => {
    const lanes = gilLanes(drawnRecording({ lines }), { fromMs: 0, toMs: 16, buckets: 4 });
    expect(lanes?.lanes.map(({ held, waited }) => `${shares(held)}|${shares(waited)}`)).toEqual([
      "█ ██|    ",
      " █  |█ ██",
    ]);
    expect(lanes?.lanes.map(({ holds }) => holds)).toEqual([
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ]);
  });
  test("deeper than a hold, and across its limits", () => {
    const lanes = gilLanes(drawnRecording({ lines }), { fromMs: 3.5, toMs: 4.5, buckets: 4 });
    expect(lanes?.lanes.map(({ held }) => held)).toEqual([
      [1, 1, 0, 0],
      [0, 0, 1, 1],
    ]);
  });
  test("the pyramid says the same where there are many", () => {
    for (const [buckets, toMs] of [
      [4, 16],
      [3, 16],
      [5, 13],
    ] as const) {
      const exact = gilLanes(drawnRecording({ lines }), { fromMs: 0, toMs, buckets });
      const coarse = gilLanes(drawnRecording({ lines, counted: 1e7 }), { fromMs: 0, toMs, buckets });
      expect(coarse?.lanes.map(({ held }) => shares(held))).toEqual(exact?.lanes.map(({ held }) => shares(held)));
      expect(coarse?.lanes.map(({ waited }) => shares(waited))).toEqual(
        exact?.lanes.map(({ waited }) => shares(waited)),
      );
    }
  });
  test("outside the recording they are empty; a range of no length has no buckets", () => {
    const recording = drawnRecording({ lines });
    expect(gilLanes(recording, { fromMs: -8, toMs: 0, buckets: 2 })?.lanes[0]?.held).toEqual([0, 0]);
    expect(gilLanes(recording, { fromMs: 20, toMs: 30, buckets: 2 })?.lanes[1]?.waited).toEqual([0, 0]);
    expect(gilLanes(recording, { fromMs: 5, toMs: 5, buckets: 2 })?.lanes[0]?.held).toEqual([]);
  });
});

describe("single holds", () => {
  const lines = ["hhhhh     hhh ", "  wwwhhhhh    ", "   wwwwwwwwwwh "];
  test("with whom each waited for, also when that was long before the range", () => {
    const holds = gilHolds(drawnRecording({ lines, chunk: 1 }).gil, { fromMs: 12, toMs: 14, limit: 10 });
    expect(
      holds?.rows.map((row) => [row.threadId, row.requestMs, row.acquiredMs, row.releasedMs, row.waitedFor]),
    ).toEqual([
      [101, 10, 10, 13, null],
      [103, 3, 13, 14, 101],
    ]);
  });
  test("the limit leaves the rest counted", () => {
    const holds = gilHolds(drawnRecording({ lines }).gil, { fromMs: 0, toMs: 20, limit: 2 });
    expect([holds?.rows.length, holds?.of]).toEqual([2, 4]);
  });
});

describe("the chain of blame", () => {
  const lines = ["hhhhh             ", "   wwhhhhh        ", "       wwwhhh   h ", "            whh   "];
  const chain = (hold: number, atMs: number, chunk = 100) => {
    const found = gilChain(drawnRecording({ lines, chunk }).gil, { hold, atMs });
    return found && `${found.steps.map(({ threadId }) => threadId).join(" < ")} ${found.end}`;
  };
  test("from who waited to who held, and what that one had waited for, until nobody", () => {
    const holds = gilHolds(drawnRecording({ lines }).gil, { fromMs: 0, toMs: 20, limit: 9 })?.rows ?? [];
    const last = holds.find(({ threadId }) => threadId === 104);
    for (const chunk of [1, 2, 100])
      expect(chain(last?.hold ?? -1, last?.acquiredMs ?? 0, chunk)).toBe("104 < 103 < 102 < 101 nobody");
    expect(chain(holds[0]?.hold ?? -1, 1)).toBe("101 nobody");
  });
  test("a hold that is not there has none", () => expect(chain(99, 3)).toBeNull());
});

test("bars and contention of a range", () => {
  const recording = drawnRecording({ lines: ["hhhh    ", "wwwwhhh ", "wwwwwwwh "] });
  const whole = gilDistribution(recording, {});
  expect(whole?.holds.map(({ count }) => count)).toEqual([1, 2]);
  expect(whole?.waits.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  expect(whole?.contention[0]).toMatchObject({ atMs: 0, waiting: 2, held: 1 });
  const part = gilDistribution(recording, { fromMs: 5, toMs: 7.5 });
  expect(part?.holds.map(({ count }) => count)).toEqual([1]);
});

test("now: who holds and waits since when; nothing for a recording that has ended", () => {
  const drawing: Drawing = { lines: ["hhhhhhhh", "hh  wwww", "   h    "], status: "recording" };
  expect(gilNow(drawnRecording(drawing))).toMatchObject({
    atMs: 8,
    holder: 101,
    threads: [
      { threadId: 101, state: "holding", sinceMs: 8, holdFraction: 1 },
      { threadId: 102, state: "waiting", sinceMs: 4, waitFraction: 0.5, holds: 1 },
      { threadId: 103, state: "released", sinceMs: null },
    ],
  });
  expect(gilNow(drawnRecording({ ...drawing, status: "closed" }))).toBeNull();
});
