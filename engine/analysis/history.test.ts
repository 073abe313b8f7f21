// Changes of a drawn object in, its history out: by whom, net, complete or not.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  batchOf,
  counted,
  expectOk,
  noDefinitions,
  read,
  recorderAt,
  temporaryFolder,
} from "../../test/fixtures/synthetic-recording.ts";
import type { Definitions } from "../recorder/definitions.ts";
import { histories } from "./history.ts";

const interpreter = "/usr/lib/libpython3.11.so.1.0";
const extension = "/app/fast.so";
const [evaluator, leaks, system] = [0x1100n, 0x9100n, 0x5100n];
const definitions: Definitions = {
  ...noDefinitions,
  codes: [{ id: 7, function: "handler", file: "/app/main.py", firstLine: 10, lineTable: new Uint8Array() }],
  modules: [
    { path: interpreter, base: 0x1000n, size: 0x1000 },
    { path: extension, base: 0x9000n, size: 0x1000 },
    { path: "/usr/lib/libc.so.6", base: 0x5000n, size: 0x1000 },
  ],
  watched: [{ id: 0, address: 0xabc0n, type: "list", count: 5 }],
  places: [
    { id: 1, code: 7, instruction: 0, native: [evaluator] },
    { id: 2, code: 7, instruction: 0, native: [system, leaks, evaluator] },
  ],
};

/** A letter a change: `+` by the extension, `p` and `-` up and down by the interpreter. */
function drawn(line: string, more: { readonly dropped?: number; readonly state?: number; readonly gap?: number } = {}) {
  const path = join(temporaryFolder(), "a.refscope");
  const recorder = recorderAt(path, { collected: ["history"] });
  let count = 5;
  const changes = [...line].map((letter, at) => {
    const delta = letter === "-" ? -1 : 1;
    count += delta + (at === more.gap ? 1 : 0);
    return { time: 1e12 - 5e7 + at * 1e6, object: 0, place: letter === "+" ? 2 : 1, thread: 42, delta, count };
  });
  const dropped = more.dropped ?? 0;
  const watched = [{ id: 0, state: more.state ?? 2, produced: changes.length + dropped, dropped, count }];
  const batch = batchOf({ sequence: 0, changes, watched, last: true });
  recorder.nameNative(evaluator, { module: interpreter, function: "_PyEval_EvalFrameDefault", offset: 0 });
  recorder.nameNative(leaks, { module: extension, function: "leak", offset: 16 });
  recorder.nameNative(system, { module: "/usr/lib/libc.so.6", function: "qsort", offset: 3 });
  expectOk(recorder.apply(batch, definitions));
  expectOk(recorder.finish(counted({})));
  const reader = read(path);
  expect(reader.verify()).toBe("verified");
  expect(reader.recording()).toMatchObject({
    produced: { changes: changes.length + dropped },
    dropped: { changes: dropped },
  });
  return reader;
}
const only = (reader: Parameters<typeof histories>[0], limit = 100) => histories(reader, limit)?.histories[0];

describe("the history of an object", () => {
  test("is its changes with their places, and what each function adds up to", () => {
    const history = only(drawn("p+-p+-+"));
    expect(history).toMatchObject({
      object: { address: "0xabc0", type: "list" },
      complete: true,
      dropped: 0,
      freed: false,
      net: [
        { module: extension, function: "leak", delta: 3 },
        { module: interpreter, function: "(interpreter)", delta: 0 },
      ],
    });
    expect(history?.events).toHaveLength(7);
    expect(history?.events[1]).toMatchObject({
      delta: 1,
      refcount: 7,
      threadId: 42,
      python: { function: "handler", file: "/app/main.py" },
      native: [{ function: "qsort" }, { function: "leak", file: null }, { function: "_PyEval_EvalFrameDefault" }],
    });
    expect(history?.events[1]?.t).toBeCloseTo(51, 3);
  });

  test("ends with the free", () =>
    expect(only(drawn("-----", { state: 1 }))).toMatchObject({ freed: true, complete: true }));

  test.each([
    ["changes were dropped", { dropped: 2 }],
    ["a step is missing", { gap: 2 }],
    ["its memory was used again", { state: 3 }],
    ["nobody took the changes away", { state: 4 }],
  ])("is not complete when %s", (_why, more) => expect(only(drawn("p+-p", more))?.complete).toBe(false));

  test("is cut at its front, with sums of all", () => {
    const history = only(drawn("++++++"), 2);
    expect(history?.events.map(({ refcount }) => refcount)).toEqual([10, 11]);
    expect([history?.net[0]?.delta, history?.complete]).toEqual([6, false]);
  });
});
