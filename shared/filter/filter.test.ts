// In: filters and rows. Out: which rows stay, and what is not understood, with its place.
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAmount } from "./amount.ts";
import { number, siteFields, words } from "./fields.ts";
import { type Fields, fieldsNamed, filterOf } from "./filter.ts";
import { parseTerms } from "./words.ts";

interface Row {
  readonly type: string;
  readonly files: readonly string[];
  readonly live: number | null;
  readonly size: number;
  readonly longest: number;
}
const fields: Fields<Row> = {
  type: words((row) => [row.type]),
  file: words((row) => row.files),
  live: number("count", (row) => row.live),
  size: number("bytes", (row) => row.size),
  longest: number("seconds", (row) => row.longest),
};
const rows: readonly Row[] = [
  { type: "dict", files: ["/srv/app.py", "/srv/x.py"], live: 100, size: 1000, longest: 0.05 },
  { type: "app.Cart", files: ["/srv/two words.py"], live: null, size: 1025, longest: 3 },
  { type: "list", files: [], live: 12_500, size: 0, longest: 0 },
];
const kept = (filter: string) => {
  const { keeps } = filterOf(filter, fields);
  return rows.filter(keeps).map(({ type }) => type);
};
const [dict, cart, list] = ["dict", "app.Cart", "list"];

test.each([
  ["", [dict, cart, list]],
  ["  APP  ", [dict, cart]],
  ["type:app", [cart]],
  ["Type:DICT", [dict]],
  ["type=app", []],
  ["type=app.cart", [cart]],
  ["-type:app", [dict, list]],
  ["app -dict", [cart]],
  ["-", [dict, cart, list]],
  ['"two words"', [cart]],
  ['file:"two w"', [cart]],
  ['-"two words"', [dict, list]],
  ["file:x.py", [dict]],
  ["live>=100", [dict, list]],
  ["live>12k", [list]],
  ["live:100", [dict]],
  // Unknown is neither more nor less than anything.
  ["live<1T", [dict, list]],
  ["-live<1T", [cart]],
  ["size>1k", [cart]],
  ["size>1KiB", [cart]],
  ["size>=1kB", [dict, cart]],
  ["longest>=50ms", [dict, cart]],
  ["longest<1m longest>1s", [cart]],
  ["app.py:12", []],
  ["std::list", []],
  ["<module>", []],
] as const)("%s", (filter, expected) => {
  expect(kept(filter)).toEqual(expected);
  expect(filterOf(filter, fields).problems).toEqual([]);
});

test.each([
  ["colour:red", 0, 10, /`colour` is no field here; there are type, file, live/],
  ["dict toString:x", 5, 10, /no field/],
  ["dict type>x", 5, 6, /holds words: write type:x/],
  ["live>many", 0, 9, /`many` is not a number such as/],
  ["size>1ms", 0, 8, /is not a size/],
  ["live>", 0, 5, /something is missing after `live>`/],
  ["live > 3", 5, 1, /without a space/],
  ["live >3", 5, 2, /without a space: size>3/],
  ['dict "two wor', 5, 8, /closing/],
] as const)("%s is not understood, and filters nothing by that", (filter, at, length, what) => {
  const { problems } = filterOf(filter, fields);
  expect(problems[0]).toMatchObject({ at, length, what: expect.stringMatching(what) });
});

test("amounts have the units of what is counted", () => {
  expect(parseAmount("1.5k", "count")).toBe(1500);
  expect(parseAmount("-3/s", "count rate")).toBe(-3);
  expect(parseAmount("\u22122", "count")).toBe(-2);
  expect(parseAmount("64KiB", "byte rate")).toBe(65_536);
  expect(parseAmount("250us", "seconds")).toBeCloseTo(0.000_25, 12);
  for (const text of ["", "k", "1e9", "1kk", "--1", "0x10", "1 000", "constructor", "1constructor"])
    expect(parseAmount(text, "bytes"), text).toBeUndefined();
});

test("a site's module is that of its type, or a file of its stack", () => {
  const frames = [{ function: "add", file: "/srv/shop/models.py", line: 3 }];
  const site = {
    type: "shop.cart.Cart",
    domain: "obj",
    frames,
    live: 1,
    liveBytes: 1,
    allocated: 1,
    freed: 0,
  } as const;
  const row = { ...site, growthPerSecond: 0, bytesPerSecond: 0, steadiness: null };
  for (const [filter, stays] of [
    ["module:models", true],
    ["module=shop.cart", true],
    ["module:cart -module:models", false],
  ] as const)
    expect(filterOf(filter, siteFields).keeps(row), filter).toBe(stays);
});

test("the fields that are named are known without their meaning", () => {
  expect(fieldsNamed('type:x -thread:gc "live>3" word live>3')).toEqual(["type", "thread", "live"]);
});

const grammar = fc.array(
  fc.constantFrom(
    '"',
    "-",
    ":",
    ">",
    "<",
    "=",
    ">=",
    " ",
    "\t",
    "type",
    "live",
    "size",
    "1k",
    "MiB",
    "\u2212",
    "é",
    "::",
    "\\",
    "(",
    "a".repeat(40),
  ),
);

test("nothing that can be typed throws, or has a problem outside of it", () => {
  const typed = fc.oneof(
    grammar.map((parts) => parts.join("")),
    fc.string({ unit: "binary" }),
    fc.string(),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const { problems, keeps } = filterOf(text, fields);
      for (const row of rows) keeps(row);
      for (const { at, length } of problems) if (at < 0 || length < 1 || at + length > text.length) return false;
      return true;
    }),
    { numRuns: 50_000 },
  );
});

test("terms are in order, apart, and lose no letter", () => {
  fc.assert(
    fc.property(grammar, (parts) => {
      const text = parts.join("");
      const { terms } = parseTerms(text);
      return terms.every(
        ({ at, length }, n) =>
          at >= (n === 0 ? 0 : (terms[n - 1]?.at ?? 0) + (terms[n - 1]?.length ?? 0)) && length > 0,
      );
    }),
    { numRuns: 5000 },
  );
});
