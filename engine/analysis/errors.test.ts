// Counted errors in; what was raised where, what was lost, and the rates over time out.
import { expect, test } from "vitest";
import { count } from "../../shared/units.ts";
import { drawnRecording } from "../../test/fixtures/drawn-gil.ts";
import { errorRates } from "./error-rates.ts";
import { errorTimes } from "./error-times.ts";
import { errorsReport } from "./errors.ts";
import type { Recorded } from "./recorded.ts";

const acts = ["raised", "raised", "raised", "cleared", "overwritten", "overwritten"] as const;
/** Two sites of one line, one of an extension, one of the interpreter's own code. */
const sites = new Map([
  [1, { id: 1, native: 0n, frames: [{ code: 1, instruction: 0 }] }],
  [2, { id: 2, native: 0n, frames: [{ code: 1, instruction: 0 }] }],
  [3, { id: 3, native: 0x7010n, frames: [{ code: 1, instruction: 0 }] }],
  [4, { id: 4, native: 0x9010n, frames: [{ code: 1, instruction: 0 }] }],
]);
const names: Partial<Recorded["names"]> = {
  sites,
  types: new Map([
    [1, "ValueError"],
    [2, "KeyError"],
  ]),
  codes: new Map([[1, { id: 1, function: "parse", file: "app.py", firstLine: 7, lineTable: new Uint8Array() }]]),
  symbols: new Map([
    [0x7010n, { module: "/lib/fast.so", function: "fast_parse", offset: 0 }],
    [0x9010n, { module: "/usr/lib/libpython3.11.so.1.0", function: "PyObject_Call", offset: 0 }],
  ]),
};
const keySite = [1, 2, 1, 3, 4, 3];
const keyType = [1, 1, 2, 2, 1, 1];

function recorded(
  totals: readonly number[],
  batches: readonly { readonly t: number; readonly key: number; readonly count: number }[] = [],
) {
  const keys = new Map(acts.map((act, id) => [id, { id, act, type: keyType[id] ?? 0, site: keySite[id] ?? 0 }]));
  const errors: Recorded["errors"] = {
    keys,
    messages: new Map([[1, "no such field"]]),
    totals: () => totals.map((all, key) => ({ key, count: all, chained: key })),
    *chunks() {
      for (const { t, key, count: some } of batches)
        yield {
          t,
          errors: { length: 1, key: Uint32Array.of(key), count: Float64Array.of(some), chained: new Float64Array(1) },
        };
    },
  };
  const calls = () => [
    { function: "PyErr_SetString", module: "/lib/fast.so", calls: count(7) },
    { function: "PyGILState_Ensure", module: "/lib/fast.so", calls: count(9) },
  ];
  return { ...drawnRecording({ lines: [" ".repeat(2000)], names }), gil: undefined, errors, calls };
}

test("one row a type and place, the most frequent first", () => {
  const report = errorsReport(recorded([3, 4, 10, 0, 0, 0]));
  const parse = [{ function: "parse", file: "app.py", line: null }];
  expect(report?.raised).toEqual([
    { type: "KeyError", count: 10, perSecond: 5, message: null, frames: parse, chained: 2 },
    { type: "ValueError", count: 7, perSecond: 3.5, message: "no such field", frames: parse, chained: 1 },
  ]);
  expect(report?.calls).toEqual([{ function: "PyErr_SetString", module: "/lib/fast.so", calls: 7 }]);
});

test("a lost error is told by the extension that lost it; what the interpreter loses is no finding", () => {
  const findings = errorsReport(recorded([0, 0, 0, 9, 2, 1]))?.findings;
  expect(
    findings?.map(({ rule, module, function: name, type, count: of }) => `${rule} ${module} ${name} ${type} ${of}`),
  ).toEqual([
    "error-overwritten /lib/fast.so fast_parse ValueError 1",
    "error-cleared /lib/fast.so fast_parse KeyError 9",
  ]);
});

test("rates: unknown where no batch came, 0 where one came without errors", () => {
  const recording = recorded(
    [5, 0, 0, 2, 0, 0],
    [
      { t: 400, key: 0, count: 5 },
      { t: 1400, key: 3, count: 2 },
    ],
  );
  const rates = errorRates({ ...recording, sums: () => [{ t: 100 }, { t: 600 }, { t: 1400 }] }, 600);
  expect(rates?.buckets).toEqual([
    { at: 0, raised: 10, lost: 0 },
    { at: 0.5, raised: 0, lost: 0 },
    { at: 1, raised: 0, lost: 4 },
    { at: 1.5, raised: null, lost: null },
  ]);
  expect(rates?.types).toEqual([{ type: "ValueError", count: 5, raised: [10, 0, 0, 0] }]);
});

test("not collected: nothing, not zero", () => {
  const recording = drawnRecording({ lines: [" "] });
  expect([errorsReport(recording), errorRates(recording, 10)]).toEqual([undefined, null]);
});

test("first and last time of a group, unknown where its beginning is gone, and the newest errors first", () => {
  const batches = [
    { t: 100, key: 0, count: 2 },
    { t: 300, key: 1, count: 5 },
    { t: 400, key: 4, count: 1 },
    { t: 500, key: 3, count: 1 },
    { t: 900, key: 0, count: 1 },
  ];
  const found = errorTimes(recorded([3, 5, 4, 1, 1, 0], batches));
  const told = found?.groups.map(({ type, first, last }) => [type, first, last]);
  expect(told).toEqual([
    ["ValueError", 0.1, 0.9],
    ["KeyError", null, null],
  ]);
  // The interpreter's own clearing and replacing is not told.
  expect(found?.latest.map(({ at, act, type, count }) => [at, act, type, count])).toEqual([
    [0.9, "raised", "ValueError", 1],
    [0.5, "cleared", "KeyError", 1],
    [0.3, "raised", "ValueError", 5],
    [0.1, "raised", "ValueError", 2],
  ]);
  expect(found?.latest[1]?.native).toEqual({ module: "/lib/fast.so", function: "fast_parse" });
  expect(errorTimes(recorded([4, 0, 0, 0, 0, 0], batches.slice(0, 1)))?.groups[0]).toMatchObject({
    first: null,
    last: 0.1,
  });
});
