// A document of `top` and a size in; lines that fit out, whatever the target's names are.
import { describe, expect, test } from "vitest";
import type { TopDocument } from "../../shared/documents.ts";
import { screenLines, shares } from "./screen.ts";

const thread = (threadId: number, state: "holding" | "waiting" | "released") => ({
  ...{ threadId, name: `spin-${threadId}`, kernelName: "python3", state, holds: 12_345 },
  ...{ sinceMs: state === "released" ? null : 4.2, holdFraction: 0.249, waitFraction: 0.75 },
});
function documentOf(name: string, many: number): TopDocument {
  const frames = [{ function: name, file: `/srv/${name}.py`, line: 7 }];
  return {
    schema: "refscope.top/1",
    target: { pid: 7, executable: name, command: name, python: "3.11.7", build: [], platform: "linux-x64" },
    ...{ seconds: 12.3, eventsPerSecond: 1_234_567, dropped: 0 },
    types: Array.from({ length: many }, () => ({
      ...{ type: name, live: 1e6, liveBytes: 2 ** 20, allocated: 0, freed: 0, growthPerSecond: 20 },
    })),
    gil: {
      ...{ atMs: 12_300, holder: 1, holdsPerSecond: 198_000 },
      threads: Array.from({ length: many }, (_, at) => thread(at + 1, at === 0 ? "holding" : "waiting")),
      longest: {
        ...{ hold: 3, threadId: 1, startMs: 1, ms: 50.2, unfinished: false, frames, native: [], waiters: [] },
      },
    },
    errors: Array.from({ length: many }, () => ({ type: name, frames, perSecond: 33.4, count: 100 })),
  };
}
const plain = (text: string) => text;
const size = { columns: 80, rows: 24 };

test("what it says", () => {
  expect(screenLines(documentOf("app", 1), size, plain)).toEqual([
    "refscope top  7 Python 3.11.7  app",
    "12 s  1.23 M events/s  0 dropped",
    "",
    "GIL  198 k holds/s  longest 50.2 ms app /srv/app.py:7",
    " HOLDS   WAITS  STATE     SINCE   COUNT  TID  THREAD",
    "24.9 %  75.0 %  holding  4.2 ms  12.3 k    1  spin-1",
    "",
    "Growing types",
    "GROWTH/S    LIVE      SIZE  TYPE",
    "   +20.0  1.00 M  1.00 MiB  app",
    "",
    "Errors  33.4 raised/s",
    "RAISED/S  COUNT  TYPE  WHERE",
    "    33.4    100  app   app /srv/app.py:7",
  ]);
});

describe("it fits", () => {
  test.each([
    [80, 24],
    [40, 10],
    [20, 3],
    [200, 60],
  ])("%i columns, %i rows", (columns, rows) => {
    const lines = screenLines(documentOf("a".repeat(500), 40), { columns, rows }, plain);
    expect(lines.length).toBeLessThanOrEqual(rows);
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
    if (rows >= 24) expect(lines).toHaveLength(rows);
  });
});

test("names of the target cannot speak to the terminal", () => {
  const lines = screenLines(documentOf("\u001b[31mred\u0007\u202e\n", 2), size, plain);
  expect(lines.join("")).not.toMatch(/[\p{Cc}\u202e]/u);
});

test("what is not collected has no part; what did not happen is said", () => {
  const none = { ...documentOf("app", 0), gil: null };
  expect(screenLines(none, size, plain).slice(2)).toEqual(["", "No type grows", "", "Errors  none raised"]);
});

test("room is shared as equally as what there is allows", () => {
  expect(shares([10, 1, 10], 9)).toEqual([4, 1, 4]);
  expect(shares([1, 1], 9)).toEqual([1, 1]);
  expect(shares([3, 3], -2)).toEqual([0, 0]);
});
