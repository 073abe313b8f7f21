// Changes drawn with who takes and who gives back in; the rows of the ledger out.
import { expect, test } from "vitest";
import type { HistoryEvent } from "../../shared/documents.ts";
import { changesOf } from "./history.ts";
import { folded } from "./ledger.ts";

/** "a+ b-"; a number is by how much. */
function rows(text: string): readonly string[] {
  const events = text.split(" ").map((word, at): HistoryEvent => {
    const native = [{ module: "/x.so", function: word.charAt(0), file: null, line: null }];
    return {
      t: at,
      delta: Number(`${word.slice(1)}${word.length === 2 ? "1" : ""}`),
      refcount: 9,
      threadId: 1,
      python: null,
      native,
    };
  });
  const net = [{ module: "/x.so", function: "a", delta: 0 }];
  return folded(changesOf({ events, net })).map(({ pairs, change: { kept, blamed } }) =>
    pairs > 0 ? `${pairs} of ${blamed?.function}` : `${blamed?.function}${kept > 0 ? "!" : ""}`,
  );
}

test("pairs of one place stand together, what is kept stands by itself", () => {
  expect(rows("a+ a- a+ a- b+ a+ a-")).toEqual(["2 of a", "b!", "1 of a"]);
  expect(rows("a+ b+ b- a-")).toEqual(["1 of a", "1 of b"]);
});

test("what is given back of before, and what is given back in parts, is no pair", () => {
  expect(rows("a- a+ a-")).toEqual(["a", "1 of a"]);
  expect(rows("a+2 a- a-")).toEqual(["a", "a", "a"]);
});
