// Rules and a suspect in, the rule that is about it out.
import { expect, test } from "vitest";
import type { Suspect } from "./diagnosis-document.ts";
import { muteOf } from "./mutes.ts";

const suspect: Suspect = {
  ...{ rank: 1, kind: "held", type: "dict", perSecond: 200, perCall: null, bytesPerSecond: 46_000 },
  blame: { module: "/lib/fast.so", function: "f", native: null, file: null, line: null },
  allocationSite: [{ function: "handler", file: "/srv/app/cache.py", line: 4 }],
  ...{ heldBy: [], confidence: 0.9, evidence: [], notObserved: [] },
};
const mutes = (type: string | null, site: string) => muteOf([{ type, site, reason: "known" }], suspect) !== undefined;

test("a rule is about a type, a place, or both", () => {
  expect([mutes("dict", ""), mutes("*", "app/cache.py"), mutes("dict", "fast.so")]).toEqual([true, true, true]);
  expect([mutes(null, ""), mutes(null, "app/cache.py")]).toEqual([false, false]);
  expect([mutes("list", ""), mutes("dict", "app/other.py"), mutes("list", "cache.py")]).toEqual([false, false, false]);
});

test("a star is anything, nothing else is a pattern", () => {
  expect([mutes("*", "/srv/*/cache"), mutes("*", "*"), mutes("*", "cache*srv"), mutes("*", "c.che")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
