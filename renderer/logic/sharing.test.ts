// In: previews of what leaves. Out: the heading.
import { expect, test } from "vitest";
import { kindSentence, shareHeadline } from "./sharing.ts";

test.each([
  [0, [], "Nothing private was found to take out"],
  [1, [], "1 text is replaced"],
  [1200, [{ what: "messages", rows: 3 }], "1,200 texts are replaced, 3 rows left out"],
  [0, [{ what: "messages", rows: 1 }], "1 row left out"],
])("%i texts", (of, removed, expected) => {
  expect(shareHeadline({ of, removed })).toBe(expected);
});

test("kinds are told in words", () => {
  expect(kindSentence({ what: "thread", of: 2 })).toBe("2 names of threads");
  expect(kindSentence({ what: "later", of: 1 })).toBe("1 later");
});
