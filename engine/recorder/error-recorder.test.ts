// Batches with errors and calls in; what the file says of them out.
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BatchContent } from "../../test/fixtures/encode-batch.ts";
import {
  batchOf,
  counted,
  expectOk,
  noDefinitions,
  read,
  recorderAt,
  temporaryFolder,
} from "../../test/fixtures/synthetic-recording.ts";
import type { Privacy } from "./privacy.ts";

const batches: readonly BatchContent[] = [
  {
    sequence: 0,
    time: 1e12,
    produced: { errors: 5 },
    errorKeys: [
      { id: 1, act: 0, type: 3, site: 9 },
      { id: 2, act: 1, type: 4, site: 9 },
    ],
    errors: [{ key: 1, count: 5, chained: 2 }],
    calls: [{ id: 1, calls: 7 }],
  },
  {
    sequence: 1,
    time: 1e12 + 1e8,
    produced: { errors: 9 },
    errors: [
      { key: 1, count: 1, chained: 0 },
      { key: 2, count: 2, chained: 0 },
    ],
    calls: [
      { id: 1, calls: 3 },
      { id: 2, calls: 1 },
    ],
    last: true,
  },
];
const definitions = {
  ...noDefinitions,
  messages: [{ key: 1, text: "no such cart" }],
  calls: [
    { id: 1, function: "PyErr_SetString", module: "/srv/ann/lib/fast.so" },
    { id: 2, function: "PyErr_Clear", module: "/srv/ann/lib/fast.so" },
  ],
};

function recorded(privacy: Privacy) {
  const path = join(temporaryFolder(), "a.refscope");
  const recorder = recorderAt(path, { collected: ["errors"], privacy });
  for (const batch of batches)
    expectOk(recorder.apply(batchOf(batch), batch.sequence === 0 ? definitions : noDefinitions));
  expectOk(recorder.finish(counted({ errors: 9 })));
  return read(path);
}

test("errors are counted by type and site, and add up", () => {
  const reader = recorded("standard");
  const { errors } = reader;
  expect([...(errors?.keys.values() ?? [])]).toEqual([
    { id: 1, act: "raised", type: 3, site: 9 },
    { id: 2, act: "cleared", type: 4, site: 9 },
  ]);
  expect(errors?.totals()).toEqual([
    { key: 1, count: 6, chained: 2 },
    { key: 2, count: 2, chained: 0 },
  ]);
  expect([...(errors?.chunks() ?? [])].map(({ t, errors }) => [t, [...errors.key], [...errors.count]])).toEqual([
    [100, [1], [5]],
    [200, [1, 2], [1, 2]],
  ]);
  expect(reader.recording()).toMatchObject({ produced: { errors: 9 }, stored: { errors: 8 }, dropped: { errors: 1 } });
  expect(reader.verify()).toBe("verified");
  expect(reader.gil).toBeUndefined();
});

test("messages are kept at privacy `full` alone", () => {
  expect([...(recorded("full").errors?.messages ?? [])]).toEqual([[1, "no such cart"]]);
  expect([...(recorded("standard").errors?.messages ?? [])]).toEqual([]);
});

test("calls are counted by function and module", () => {
  expect(recorded("minimal").calls()).toEqual([
    { function: "PyErr_SetString", module: "lib/fast.so", calls: 10 },
    { function: "PyErr_Clear", module: "lib/fast.so", calls: 1 },
  ]);
});
