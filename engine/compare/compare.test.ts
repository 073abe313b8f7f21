// Two drawn recordings in, a verdict out: letters as in recorded-sites.ts, one a tenth of a second.
import { join } from "node:path";
import { expect, test } from "vitest";
import { type DrawnSite, recordSites } from "../../test/fixtures/recorded-sites.ts";
import { read, target, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { compareSides } from "./comparison.ts";
import { mergeSides } from "./merge.ts";
import { type Side, sideOf } from "./side.ts";

const times = 100;
const leak = "+".repeat(times);
const slow = "+   ".repeat(times / 4);
const quiet = "+-".repeat(times / 2);
const cache = "9".repeat(10).padEnd(times);
const saw = "++++----".repeat(times / 8);

type Settings = Parameters<typeof recordSites>[2];
const drawn = (drawing: string, more: Partial<DrawnSite> = {}): DrawnSite => ({
  ...{ type: "dict", function: "handler", file: "/a/app/web.py", line: 40, drawn: drawing },
  ...more,
});
function side(sites: readonly DrawnSite[], more: Settings = {}) {
  return sideOf(read(recordSites(join(temporaryFolder(), "a.refscope"), sites, more)));
}
const compared = (a: readonly DrawnSite[], b: readonly DrawnSite[]) => compareSides(side(a), side(b), "second");
const verdict = (a: string, b: string) => compared([drawn(a)], [drawn(b)]).verdict;

test("a leak that is gone is fixed, the other way round it is new, and each with itself is the same", () => {
  expect(verdict(leak, quiet)).toBe("fixed");
  expect(verdict(quiet, leak)).toBe("new-leak");
  for (const same of [leak, quiet, cache, saw, slow]) expect(verdict(same, same)).toBe("same");
});

test("a leak that goes on at another rate is improved or worse", () => {
  expect(verdict(leak, slow)).toBe("improved");
  expect(verdict(slow, leak)).toBe("worse");
});

test("what fills and stays, and what comes and goes, is no leak on either side", () => {
  for (const other of [cache, saw]) {
    expect(verdict(quiet, other)).toBe("same");
    expect(verdict(other, quiet)).toBe("same");
  }
});

test("the gravest row is the verdict", () => {
  const both = compared([drawn(leak), drawn(quiet, { type: "list" })], [drawn(quiet), drawn(leak, { type: "list" })]);
  expect(both.verdict).toBe("new-leak");
  expect(both.rows.map((row) => [row.verdict, row.type, Math.round(row.delta)])).toEqual([
    ["new-leak", "list", 10],
    ["fixed", "dict", -10],
  ]);
});

test("a place is the same after its code moved, in another folder, and below another interpreter's packages", () => {
  const moved = { file: "/b/app/web.py", line: 55 };
  expect(compared([drawn(leak)], [drawn(leak, moved)]).rows).toHaveLength(1);
  expect(compared([drawn(leak)], [drawn(leak, { file: "/b/other/web.py" })]).rows).toHaveLength(1);
  const packaged = (root: string) => drawn(leak, { file: `${root}/site-packages/lib/core.py` });
  const [row, ...more] = compared([packaged("/v1/lib/python3.11")], [packaged("/opt/x/lib/python3.11")]).rows;
  expect([row?.verdict, more.length]).toEqual(["same", 0]);
  expect(compared([drawn(leak)], [drawn(leak, { function: "close" })]).rows).toHaveLength(2);
});

test("plain recordings say what they cannot see, two audits have seen it", () => {
  const unseen = (a: Side, b: Side) =>
    compareSides(a, b, "second").notObserved.join().includes("while no object grows");
  expect(unseen(side([drawn(leak)]), side([drawn(quiet)]))).toBe(true);
  expect(unseen(audited(1, true), audited(0, false))).toBe(false);
});

test("two lines of one function are two places", () => {
  const lines = (first: string, second: string) => [drawn(first, { line: 40 }), drawn(second, { line: 50 })];
  const { rows, verdict: of } = compared(lines(leak, quiet), lines(quiet, leak));
  expect([of, rows.map((row) => [row.verdict, row.site[0]?.line])]).toEqual([
    "new-leak",
    [
      ["new-leak", 51],
      ["fixed", 41],
    ],
  ]);
});

test("incomparable, with the reason: another minor version, too short, not collected, no calls, no marks", () => {
  const base = side([drawn(leak)]);
  const python = side([drawn(leak)], { target: { ...target, python: "3.12.1", build: [] } });
  const other = side([drawn(leak)], { collected: ["errors"] });
  const short = side([drawn("+".repeat(20))]);
  const told = (b: typeof base, per: "second" | "call" | "mark" = "second") => compareSides(base, b, per);
  expect(told(python)).toMatchObject({ verdict: "incomparable", rows: [] });
  expect(told(python).reasons[0]).toContain("Python 3.11.7, B on 3.12.1");
  expect(told(other).reasons[0]).toBe("A collected lifecycle, B errors.");
  expect(told(short).reasons[0]).toBe("B lasts 2.2 s; record at least 5 s.");
  expect(told(base, "call").reasons[0]).toContain("refscope audit");
  expect(told(base, "mark").reasons[0]).toContain("No marks are in A and B");
});

test("runs: the median counts, the noise is that between them, and one odd run is no verdict", () => {
  const [good, bad] = [side([drawn(quiet)]), side([drawn(leak)])];
  const of = (...sides: readonly (typeof good)[]) => mergeSides([sides[0] ?? good, ...sides.slice(1)]);
  expect(compareSides(of(bad, bad, bad), of(good, good, good), "second").verdict).toBe("fixed");
  expect(compareSides(of(good, good, good), of(good, bad, good), "second").verdict).toBe("same");
  expect(compareSides(of(good, good, good), of(bad, bad, good), "second").verdict).toBe("new-leak");
  const empty = side([drawn(quiet, { type: "list" })]);
  expect(compareSides(of(bad, bad), of(empty, empty), "second")).toMatchObject({ verdict: "fixed", a: { runs: 2 } });
});

const audited = (keepsPerCall: number, leaks: boolean, calls = 100, module = "/v/site-packages/fast.so"): Side => {
  const found = { type: "str", confidence: 1, role: "created", api: null, file: "fast.c", line: 12 };
  const row = { function: "parse", calls, keepsPerCall, leaks, ...found };
  return { ...side([]), growth: undefined, audited: [{ module, functions: [row] }] };
};

test("audits: what a function keeps a call, by its name in the same module", () => {
  const told = (a: Side, b: Side) => compareSides(a, b, "second");
  const [keeps, clean] = [audited(1, true), audited(0, false)];
  expect(told(keeps, clean)).toMatchObject({ verdict: "fixed", rows: [{ a: 1, b: 0, unit: "references/call" }] });
  expect(told(clean, keeps).verdict).toBe("new-leak");
  expect(told(clean, clean)).toMatchObject({ verdict: "same", rows: [] });
  expect(told(keeps, audited(2, true)).verdict).toBe("worse");
  const uncalled = told(keeps, audited(0, false, 2));
  expect(uncalled).toMatchObject({ verdict: "incomparable", reasons: ["`parse` was called in one recording alone."] });
  const elsewhere = audited(0, false, 100, "/b/build-2/fast.cpython-313-x86_64-linux-gnu.so");
  expect(told(keeps, elsewhere).verdict).toBe("fixed");
  const other = told(keeps, audited(0, false, 100, "/v/site-packages/other.so"));
  expect(other).toMatchObject({ verdict: "incomparable", reasons: ["The two recordings audited different modules."] });
});
