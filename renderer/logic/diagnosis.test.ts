// Suspects in, the sentences and the ways on from them out.
import { expect, test } from "vitest";
import type { Suspect } from "../../shared/diagnosis-document.ts";
import { nextOf, ratesWords, screenOf, surenessWords, suspectSentence } from "./diagnosis.ts";
import { plain } from "./finding.ts";
import { hashOf } from "./routes.ts";

const so = "/lib/fast.cpython-312-x86_64-linux-gnu.so";
const blame = { module: so, function: "dumps", native: null, file: null, line: null };
const suspect = (more: Partial<Suspect>): Suspect => ({
  ...{ rank: 1, kind: "held", type: "dict", perSecond: 200.4, perCall: null, bytesPerSecond: 46_000 },
  ...{ blame: null, allocationSite: null, heldBy: [], confidence: 0.9, evidence: [], notObserved: [] },
  ...more,
});
const said = (more: Partial<Suspect>) => plain(suspectSentence(suspect(more)));

test("a suspect is told as a colleague would", () => {
  expect(said({ kind: "unreachable", type: "str", blame })).toBe("dumps of fast loses 200 str a second");
  expect(said({ kind: "unexplained-references", type: "str", blame, perCall: 1 })).toBe(
    "dumps of fast keeps a reference to str at every call",
  );
  expect(said({ kind: "unexplained-references", type: "str" })).toBe(
    "Something keeps a reference to str 200 times a second",
  );
  expect(said({ blame: { ...blame, module: "/a.py", file: "/a.py", line: 3 } })).toBe(
    "dumps keeps 200 more dict a second",
  );
  expect(said({ kind: "native-memory", type: null })).toBe(
    "Memory that is no Python object grows by 44.9 KiB a second",
  );
});

test("how sure and how fast is told with its figure", () => {
  expect(surenessWords(0.98)).toBe("certain, 98 %");
  expect(surenessWords(0.5)).toBe("a guess, 50 %");
  expect(ratesWords(suspect({ perCall: 1 }))).toEqual(["+200 /s", "+1 a call", "+44.9 KiB/s"]);
});

test("the next look is at the object that was found, else at one of its type", () => {
  const document = {
    ...({ schema: "refscope.diagnosis/1", verdict: "leak", why: null, path: "/a", target: null, seconds: 30 } as const),
    ...{ suspects: [], notes: [], notObserved: [] },
    steps: [{ at: 1, seconds: 2, kind: "audit" as const, did: "audited fast.so", path: "/b" }],
  };
  const first = (more: Partial<Suspect>) =>
    hashOf(nextOf(suspect(more), document)[0]?.to ?? { screen: "recordings", filter: "" });
  expect(first({})).toBe("#/why?path=%2Fa&object=type%3Adict");
  expect(first({ heldBy: [[{ type: "dict", address: "0x10", edge: "" }]] })).toBe("#/why?path=%2Fa&object=0x10");
  expect(nextOf(suspect({ blame }), document).map(({ name }) => name)).toContain("The audit");
  expect(
    screenOf({ at: 0, seconds: 1, kind: "watch", did: "watched the reference count of a str", path: "/c" })?.screen,
  ).toBe("object");
});
