// Rows of a comparison in, which are shown and how they are written out.
import { expect, test } from "vitest";
import type { ComparisonRow } from "../../shared/comparison-document.ts";
import { countsOf, deltaText, rateText, shownRows } from "./compare.ts";

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
    shownRows(rows, { only, mine }).map(({ site }) => site[0]?.file.split("/").at(-1));
  expect(files(undefined, false)).toEqual(["app.py", "y.py", "decoder.py"]);
  expect(files("fixed", false)).toEqual(["y.py", "decoder.py"]);
  expect(files(undefined, true)).toEqual(["app.py"]);
  expect(files("fixed", true)).toEqual([]);
});

test("rates have their unit and differences their sign; what rounds to nothing is none", () => {
  expect(rateText(12.34, "objects/second")).toBe("12.3 /s");
  expect(rateText(-2048, "bytes/second")).toBe("−2 KiB/s");
  expect(rateText(1, "references/call")).toBe("1 /call");
  expect(rateText(-0.001, "objects/second")).toBe("0 /s");
  expect(deltaText(-9.5, "objects/mark")).toBe("▼ −9.5 /mark");
  expect(deltaText(2048, "bytes/second")).toBe("▲ +2 KiB/s");
  expect(deltaText(0.1, "bytes/second")).toBe("=");
});
