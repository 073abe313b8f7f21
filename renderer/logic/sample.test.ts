// In: counts and blame of a sample. Out: what is said of it.
import { expect, test } from "vitest";
import type { Unmatched } from "../../shared/sample-document.ts";
import { sampleGround, sampleHeadline } from "./sample.ts";

const counts = { made: 20, missed: 0, followed: 16, alive: 4, freed: 12 };
const leak: Unmatched = { module: "/a/leaky.so", function: "leak", file: null, line: null, python: null, perObject: 1 };
const said = (more: object, live = false) =>
  sampleHeadline({ site: "app.py:12", counts, unmatched: [], ...more }, live)
    .map(({ text }) => text)
    .join("");

test("who keeps them comes first", () => {
  expect(said({ unmatched: [leak] })).toBe("leak keeps a reference to each object of app.py:12 that is alive");
  const python = { function: "remember", file: "/app.py", line: 3 };
  expect(said({ unmatched: [{ ...leak, python, perObject: 2 }] })).toMatch(/^remember keeps 2 references to/);
});

test("nothing made, nothing followed, nothing kept", () => {
  expect(said({ counts: { ...counts, made: 0, followed: 0 } }, true)).toBe("No object was made at app.py:12 yet");
  expect(said({ counts: { ...counts, followed: 0 } })).toBe("No object of app.py:12 could be followed");
  expect(said({ counts: { ...counts, alive: 0 } })).toMatch(/was freed$/);
  expect(said({})).toMatch(/^Nobody keeps more/);
});

test("the ground names what is missing", () => {
  expect(sampleGround(counts)).toBe("16 of 20 objects followed from their first reference on: 4 alive, 12 freed.");
  expect(sampleGround({ ...counts, missed: 1 })).toMatch(/1 object could not be followed\.$/);
});
