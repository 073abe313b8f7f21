// In: answers one after another. Out: what the screen still knows.
import { expect, test } from "vitest";
import { type Answer, type Loadable, loading, next } from "./loadable.ts";

const problem = { code: "engine-lost", cause: "the engine did not answer", fix: "Start it again." };
const good = (value: number): Answer<number> => ({ ok: true, value });
const bad: Answer<number> = { ok: false, problem };
const after = (...answers: readonly Answer<number>[]) => answers.reduce<Loadable<number>>(next, loading);

test("a failure after a value keeps the value", () => {
  expect(after(good(1), bad)).toEqual({ kind: "stale", value: 1, problem });
  expect(after(good(1), bad, bad)).toEqual({ kind: "stale", value: 1, problem });
  expect(after(good(1), bad, good(2))).toEqual({ kind: "ready", value: 2 });
  expect(after(bad)).toEqual({ kind: "error", problem });
  expect(after(bad, good(3))).toEqual({ kind: "ready", value: 3 });
});
