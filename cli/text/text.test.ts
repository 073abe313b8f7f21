// In: hostile text, amounts and rows. Out: what a terminal may show, and what options mean.
import { expect, test } from "vitest";
import { hostileTexts, rawControl } from "../../test/fixtures/hostile-texts.ts";
import { safe } from "./safe.ts";
import { tableLines } from "./table.ts";
import { bytesText, countText, parseDuration, parseSize } from "./units.ts";

test("nothing from outside moves the cursor or turns a line around", () => {
  expect(safe("a\x1b[2Jb\nc\u202ed\u200be\x9b")).toBe("a\\x1b[2Jb\\x0ac\\u202ed\\u200be\\x9b");
  expect(safe("naïve 表 🐍")).toBe("naïve 表 🐍");
  expect(safe("x".repeat(5000))).toHaveLength(2048);
  expect(hostileTexts.filter((text) => /[\n\t]/.test(safe(text)) || rawControl.test(safe(text)))).toEqual([]);
});

test("columns are aligned, numbers to the right, and lines end where the terminal does", () => {
  const columns = [
    { title: "PID", cell: (row: readonly string[]) => row[0] ?? "", right: true },
    { title: "NAME", cell: (row: readonly string[]) => row[1] ?? "" },
  ];
  const rows = [
    ["7", "a"],
    ["4242", "a long\nname"],
  ];
  expect(tableLines(columns, rows)).toEqual([" PID  NAME", "   7  a", "4242  a long\\x0aname"]);
  expect(tableLines(columns, rows, 10)).toEqual([" PID  NAME", "   7  a", "4242  a l…"]);
});

test("durations have a unit, sizes may", () => {
  expect(["30s", "5m", "1.5h", "250ms"].map(parseDuration)).toEqual([30, 300, 5400, 0.25]);
  expect(["30", "s", "-1s", "1d", ""].map(parseDuration)).toEqual(Array(5).fill(undefined));
  expect(["100MB", "1.5GiB", "4096", "2 kB", "1b"].map(parseSize)).toEqual([1e8, 1610612736, 4096, 2000, 1]);
  expect(["", "MB", "-1MB", "1XB"].map(parseSize)).toEqual(Array(4).fill(undefined));
});

test("amounts in three digits", () => {
  expect([0, 999, 1234, 56_789, 1.5e9].map(countText)).toEqual(["0", "999", "1.23 k", "56.8 k", "1.50 G"]);
  expect([0, 1536, 5 * 2 ** 20].map(bytesText)).toEqual(["0 B", "1.50 KiB", "5.00 MiB"]);
});
