// Rows of a comparison in, which are shown and how they are written out.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ComparisonRow } from "../../shared/comparison-document.ts";
import { amountText, askedOf, countsOf, deltaText, shownRows, survivedOf } from "./compare.ts";
import { type Compared, freshCompared } from "./compared-route.ts";

const row = (verdict: ComparisonRow["verdict"], file: string): ComparisonRow => ({
  ...{ verdict, type: "dict", site: [{ function: "f", file, line: 1 }], a: 1, b: 2, delta: 1 },
  ...{ unit: "objects/second", significant: true, noise: 0.1 },
});
const rows = [
  row("new-leak", "/srv/app.py"),
  row("fixed", "/usr/lib/python3.11/site-packages/x/y.py"),
  row("fixed", "/usr/lib/python3.11/json/decoder.py"),
];

test("rows by verdict, and mine alone", () => {
  expect([...countsOf(rows)].filter(([, count]) => count > 0)).toEqual([
    ["new-leak", 1],
    ["fixed", 2],
  ]);
  const files = (only: ComparisonRow["verdict"] | undefined, mine: boolean) =>
    shownRows(rows, { only, mine, filter: "" }).map(({ site }) => site[0]?.file.split("/").at(-1));
  expect(files(undefined, false)).toEqual(["app.py", "y.py", "decoder.py"]);
  expect(files("fixed", false)).toEqual(["y.py", "decoder.py"]);
  expect(files(undefined, true)).toEqual(["app.py"]);
  expect(files("fixed", true)).toEqual([]);
});

test("the filter knows the words and numbers of a row", () => {
  const shown = (filter: string) => shownRows(rows, { only: undefined, mine: false, filter }).length;
  expect([shown("file:app.py"), shown("verdict=fixed"), shown("b>2"), shown("-type:dict")]).toEqual([1, 2, 0, 0]);
});

test("what is asked: whole recordings, states at marks, rates between marks, never one side alone", () => {
  const both = { a: "x", b: "y" };
  const asked = (more: Partial<Compared>) => askedOf({ ...freshCompared("/a", "/b"), ...more });
  expect(asked({})).toEqual({ a: "/a", b: "/b", per: "second" });
  expect(asked({ marks: both, threshold: 30 })).toEqual({ a: "/a", b: "/b", marks: both, threshold: 30 });
  expect(asked({ marks: both, since: { a: "v", b: "w" } })).toMatchObject({ marks: both, since: { a: "v", b: "w" } });
  expect(asked({ marks: { a: "x", b: undefined } })).toBeUndefined();
  expect(asked({ marks: both, since: { a: "v", b: undefined } })).toBeUndefined();
});

test("what survived between two marks is told by bounds, whichever mark is the earlier one", () => {
  const state = (a: number, b: number, made: number, freed: number) => ({
    ...row("same", "/srv/app.py"),
    ...{ a, b, delta: b - a, unit: "objects", between: { made, freed } },
  });
  expect(survivedOf(state(100, 150, 60, 10))).toEqual({ atLeast: 90, atMost: 100 });
  expect(survivedOf(state(150, 100, 60, 10))).toEqual({ atLeast: 90, atMost: 100 });
  expect(survivedOf(state(5, 40, 200, 165))).toEqual({ atLeast: 0, atMost: 5 });
  expect(survivedOf(row("same", "/srv/app.py"))).toBeUndefined();
});

test("amounts have their unit and differences their sign", () => {
  expect(amountText(12.34, "objects/second")).toBe("12.3 objects/s");
  expect(amountText(10, "suspects/second")).toBe("10 suspects/s");
  expect(amountText(-2048, "bytes/second")).toBe("−2 KiB/s");
  expect(amountText(1, "references/call")).toBe("1 reference/call");
  expect(amountText(5, "objects")).toBe("5 objects");
  expect(amountText(5, "bytes")).toBe("5 B");
  expect(deltaText(-9.5, "objects/mark")).toBe("▼ −9.5 objects/mark");
  expect(deltaText(2048, "bytes/second")).toBe("▲ +2 KiB/s");
  expect(deltaText(0, "bytes/second")).toBe("=");
  const any = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
  fc.assert(fc.property(any, (value) => value === 0 || /[1-9]/.test(deltaText(value, "objects/second"))));
});
