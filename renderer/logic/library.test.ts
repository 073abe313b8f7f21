// In: rows of the library. Out: what a filter finds, and what can be done with one.
import { expect, test } from "vitest";
import { filterOf } from "../../shared/filter/filter.ts";
import { recordingFields } from "./fields.ts";
import { plain } from "./finding.ts";
import { chosenWith, comparisonHash, keptSentence, type LibraryRow, remedyOf, tagsTyped } from "./library.ts";

const row = (name: string, more: Partial<LibraryRow> = {}): LibraryRow => ({
  path: `/l/${name}.refscope`,
  name,
  status: "closed",
  startedAt: "2026-05-03T14:07:22Z",
  seconds: 60,
  target: "python app.py",
  python: "3.12.1",
  build: ["release"],
  bytes: 1,
  produced: 10,
  dropped: 0,
  foreign: false,
  problem: null,
  tags: [],
  ...more,
});
const shop = row("shop", { tags: ["Before", "build-1.2"] });

test.each([
  ["", true],
  ["shop", true],
  ["tag:before", true],
  ["tag:befor", true],
  ["tag:before shop -night", true],
  ["tag:before night", false],
  ["-tag:before", false],
  ["-tag:after", true],
  ["tag:", true],
  ["build-1.2", true],
  ["release 3.12", true],
])("%s", (filter, expected) => {
  expect(filterOf(filter, recordingFields).keeps(shop)).toBe(expected);
});

test("tags are single words in which nothing hides", () => {
  expect(tagsTyped(" before, größer build-1.2 ")).toEqual(["before", "größer", "build-1.2"]);
  for (const text of ["", " , ", "-x", "a/b", "a\u202Eb", "x".repeat(33), "ok <b>"])
    expect(tagsTyped(text)).toBeUndefined();
});

test("two are compared, the earlier one first", () => {
  const later = row("b ü", { startedAt: "2026-05-04T00:00:00Z" });
  expect(comparisonHash([later, shop])).toBe("#/compare?a=%2Fl%2Fshop.refscope&b=%2Fl%2Fb+%C3%BC.refscope");
  expect(comparisonHash([shop])).toBeUndefined();
  expect(chosenWith(["a", "b"], "c")).toEqual(["b", "c"]);
  expect(chosenWith(["a", "b"], "a")).toEqual(["b"]);
});

test("a newer file asks for an update, a damaged one can be salvaged", () => {
  expect(remedyOf("/a has format 9, this Refscope reads up to 2")).toBe("update");
  expect(remedyOf("/a is no readable recording: it ends after 10 bytes")).toBe("salvage");
  expect(remedyOf(null)).toBeUndefined();
});

test("a verdict that is kept is told in one line", () => {
  const suspect = {
    kind: "held",
    type: "dict",
    perSecond: 200,
    bytesPerSecond: 9,
    confidence: 1,
    module: "m",
    function: "f",
  };
  const told = (verdict: string, suspects: (typeof suspect)[]) =>
    plain(keptSentence({ verdict, seconds: 30, suspects }));
  expect(told("leak", [suspect, suspect])).toBe("It leaks dict, 200 a second, by f, and 1 suspect more");
  expect(told("clean", [])).toBe("Nothing was seen to leak in 30 s");
  expect(told("insufficient", [])).toBe("No verdict was possible");
});
