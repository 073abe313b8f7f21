// In: fields as somebody fills them in. Out: what is asked of the engine.
import { expect, test } from "vitest";
import { auditOf, isSite, lasting, watchOf } from "./start.ts";

test("nothing is asked while something is missing", () => {
  expect([auditOf("  ", true), watchOf(" ", 4)]).toEqual([undefined, undefined]);
});

test("a module, with the guard only when it is wanted", () =>
  expect(auditOf(" leaky ", false)).toEqual({ audit: { module: "leaky", guard: false } }));

test.each([
  ["0xABC0", { watch: ["0xabc0"] }],
  ["0xabc0, 0xdef0 0xabc0", { watch: ["0xabc0", "0xdef0"] }],
  ["app.py:12", { sample: { site: "app.py:12", objects: 8 } }],
  ["0xabc0 app.py:12", { sample: { site: "0xabc0 app.py:12", objects: 8 } }],
])("%s", (text, what) => expect(watchOf(text, 8)).toEqual(what));

test("a site is no address; 0 seconds is without an end", () => {
  expect([isSite("dict@app.py:3"), isSite("0x10"), isSite("")]).toEqual([true, false, false]);
  expect([lasting(0), lasting(10)]).toEqual([{}, { forSeconds: 10 }]);
});
