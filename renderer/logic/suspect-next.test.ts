// A suspect in; the ways on from it, and what would make it surer, out.
import { expect, test } from "vitest";
import type { Suspect } from "../../shared/diagnosis-document.ts";
import { hashOf } from "./routes.ts";
import { needsOf, nextOf, objectsOf, screenOf } from "./suspect-next.ts";

const so = "/lib/fast.cpython-312-x86_64-linux-gnu.so";
const blame = { module: so, function: "dumps", native: null, file: null, line: null };
const suspect = (more: Partial<Suspect>): Suspect => ({
  ...{ rank: 1, kind: "held", type: "dict", perSecond: 200.4, perCall: null, bytesPerSecond: 46_000 },
  ...{ blame: null, allocationSite: null, heldBy: [], confidence: 0.9, evidence: [], notObserved: [] },
  ...more,
});
const document = {
  ...({ schema: "refscope.diagnosis/1", verdict: "leak", why: null, path: "/a", target: null, seconds: 30 } as const),
  ...{ suspects: [], notes: [], notObserved: [] },
  steps: [{ at: 1, seconds: 2, kind: "audit" as const, did: "audited fast.so", path: "/b" }],
};
const links = (more: Partial<Suspect>) =>
  new Map(nextOf(suspect(more), document).map(({ name, to }) => [name, hashOf(to)]));
const site = [{ function: "f", file: "/a.py", line: 3 }];

test("the next look is at the object that was found, else at one of its type", () => {
  const first = (more: Partial<Suspect>) =>
    hashOf(nextOf(suspect(more), document)[0]?.to ?? { screen: "recordings", filter: "" });
  expect(first({})).toBe("#/why?path=%2Fa&object=type%3Adict");
  expect(first({ heldBy: [[{ type: "dict", address: "0x10", edge: "" }]] })).toBe("#/why?path=%2Fa&object=0x10");
  expect(nextOf(suspect({ blame }), document).map(({ name }) => name)).toContain("The audit");
  expect(
    screenOf({ at: 0, seconds: 1, kind: "watch", did: "watched the reference count of a str", path: "/c" })?.screen,
  ).toBe("object");
});

test("a watch is made ready for the object that was found, else for the line that makes the next ones, else for the type", () => {
  const watch = (more: Partial<Suspect>) => links(more).get("Watch an object");
  expect(watch({ heldBy: [[{ type: "dict", address: "0x10", edge: "" }]] })).toBe("#/object?path=%2Fa&watch=0x10");
  expect(watch({ allocationSite: site })).toBe("#/object?path=%2Fa&watch=dict%40%2Fa.py%3A3");
  expect(watch({})).toBe("#/object?path=%2Fa&watch=type%3Adict");
  expect(watch({ type: null, kind: "native-memory" })).toBeUndefined();
});

test("the objects are those of its kind of evidence", () => {
  expect(objectsOf(suspect({ kind: "unreachable" }), "/a")).toMatchObject({ set: "unreachable", type: "dict" });
  expect(objectsOf(suspect({ type: null }), "/a")).toBeUndefined();
});

test("what would make it surer: marks, stacks, time; nothing where it is proven", () => {
  const needs = (more: Partial<Suspect>, seconds = 30) =>
    needsOf(suspect(more), { ...document, seconds }).map(({ lacks }) => lacks.split(":")[0]);
  expect(needs({ allocationSite: site })).toEqual([]);
  expect(needs({ confidence: 0.6 }, 10)).toEqual(["Needs marks", "Needs stacks", "Needs longer"]);
  expect(needs({ confidence: 0.6, kind: "unreachable", allocationSite: site })).toEqual([]);
});
