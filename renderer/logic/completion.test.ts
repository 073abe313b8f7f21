// In: texts with a caret at |. Out: the fields that are offered, and the text with the first of them.
import { expect, test } from "vitest";
import { completed, offersAt, placeholderOf } from "./completion.ts";

const fields = { type: { kind: "words" }, thread: { kind: "words" }, live: { kind: "count" } } as const;

test.each([
  ["t|", ["type", "thread"], "type:"],
  ["dict -th|", ["thread"], "dict -thread:"],
  ["LI|", ["live"], "live>"],
  ["ty| dict", ["type"], "type: dict"],
  ["t|ype", undefined, undefined],
  ["type:d|", undefined, undefined],
  ["x|", undefined, undefined],
  ["dict |", undefined, undefined],
])("%s", (drawn, names, text) => {
  const caret = drawn.indexOf("|");
  const given = drawn.replace("|", "");
  const offers = offersAt(given, caret, fields, false);
  expect(offers?.names.map(({ name }) => name)).toEqual(names);
  const [first] = offers?.names ?? [];
  if (offers && first) expect(completed(given, offers, first)).toBe(text);
});

test("asked for, all are offered where nothing has been typed", () => {
  expect(offersAt("dict ", 5, fields, true)?.names).toHaveLength(3);
  expect(placeholderOf(fields)).toBe("Filter: words, type:…, live>…, -not");
});
