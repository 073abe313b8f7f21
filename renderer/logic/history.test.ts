// In: drawn changes of a count, a letter a function. Out: what was never given back, and the heading.
import { expect, test } from "vitest";
import type { History, HistoryEvent } from "../../shared/documents.ts";
import type { ObjectSteps } from "../../shared/history-views.ts";
import { plain } from "./finding.ts";
import { changesOf, historyGround, historyHeadline, isImmortal, otherLives } from "./history.ts";

/** "a+ i-": a takes one, the interpreter gives one back. */
function drawn(text: string): Pick<History, "events" | "net"> {
  const sums = new Map<string, number>();
  const events = text.split(" ").map((word, at): HistoryEvent => {
    const [who = "i", delta] = [word[0], word[1] === "+" ? 1 : -1];
    sums.set(who, (sums.get(who) ?? 0) + delta);
    const native = who === "i" ? [] : [{ module: "/x/leaky.so", function: who, file: null, line: null }];
    return { t: at, delta, refcount: 10, threadId: 1, python: null, native };
  });
  const net = [...sums].map(([who, delta]) =>
    who === "i"
      ? { module: "python3", function: "(interpreter)", delta }
      : { module: "/x/leaky.so", function: who, delta },
  );
  return { events, net };
}
const kept = (text: string) =>
  changesOf(drawn(text))
    .map((change) => (change.kept > 0 ? "!" : "."))
    .join("");

test("what nobody gives back is kept", () => {
  expect(kept("a+ a- a+ a- a+")).toBe("....!");
  expect(kept("i+ a+ i-")).toBe(".!.");
});

test("what one function takes another may give back", () => {
  expect(kept("a+ i- a+ i-")).toBe("....");
  expect(kept("i+ i- i-")).toBe("...");
});

test("inside the interpreter, who wrote is told apart: a container keeps what the evaluator only lends", () => {
  const at = (name: string, delta: number): HistoryEvent => {
    const native = [{ module: "python3", function: name, file: null, line: null }];
    return { t: 0, delta, refcount: 10, threadId: 1, python: null, native };
  };
  const events = [at("eval", 1), at("append", 1), at("eval", -1), at("eval", 1), at("list_dealloc", -1)];
  const net = [{ module: "python3", function: "(interpreter)", delta: 1 }];
  const marked = changesOf({ events, net }).filter(({ kept }) => kept > 0);
  expect(marked.map(({ blamed }) => blamed?.function)).toEqual(["append"]);
});

test("equal changes have keys of their own", () => {
  const [one] = drawn("a+").events;
  const keys = changesOf({ events: one ? [one, one] : [], net: [] }).map(({ key }) => key);
  expect(new Set(keys).size).toBe(2);
});

const steps: ObjectSteps = {
  address: "0x7f00",
  type: "str",
  state: "left",
  complete: true,
  dropped: 0,
  changes: 5,
  first: 2,
  last: 202,
  points: [],
};

test("the heading names who kept it, or that all is well", () => {
  const net = [{ module: "/x/leaky.cpython-312.so", function: "leak_getattr", delta: 200 }];
  expect(plain(historyHeadline(steps, net))).toBe(
    "leak_getattr of leaky took 200 references to this str more than it gave back",
  );
  expect(plain(historyHeadline({ ...steps, last: 2 }, net))).toBe("Every reference taken to this str was given back");
  expect(plain(historyHeadline({ ...steps, state: "freed", last: 0 }, net))).toMatch(/was freed/);
  expect(plain(historyHeadline({ ...steps, state: "followed", changes: 0 }, []))).toMatch(/has not changed yet/);
  expect(historyGround({ ...steps, dropped: 1, complete: false })).toBe(
    "5 changes, count 2 to 202; 1 change was dropped, not complete.",
  );
});

test("an address that was used again leads to the other objects that had it", () => {
  const lives = [steps, { ...steps, state: "freed" as const }, { ...steps, address: "0x8000" }];
  expect(otherLives(lives, 0)).toEqual([{ id: "0x7f00.1", words: "a later object, freed" }]);
  expect(otherLives(lives, 1)).toEqual([{ id: "0x7f00", words: "an earlier object" }]);
  expect(otherLives(lives, 2)).toEqual([]);
});

test("a count beyond all counts is an immortal's", () => {
  expect([2, 2 ** 32 - 1, 3 * 2 ** 30].map((first) => isImmortal({ first }))).toEqual([false, true, true]);
});
