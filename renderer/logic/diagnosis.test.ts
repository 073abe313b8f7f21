// Suspects in, the sentences and the ways on from them out.
import { expect, test } from "vitest";
import type { Suspect } from "../../shared/diagnosis-document.ts";
import {
  diagnosisHeadline,
  intervalsWords,
  keptWords,
  ratesWords,
  surenessWords,
  suspectSentence,
} from "./diagnosis.ts";
import { plain } from "./finding.ts";

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

test("several suspects are told by what they are, each type once", () => {
  const several = [
    suspect({ kind: "unreachable", type: "str" }),
    suspect({ kind: "held", type: "dict" }),
    suspect({ kind: "native-memory", type: null }),
    ...["a", "b", "b", "c", "d"].map((type) => suspect({ kind: "growth", type })),
  ];
  const document = {
    ...({ schema: "refscope.diagnosis/1", verdict: "leak", why: null, path: "/a", target: null, seconds: 30 } as const),
    ...{ notes: [], notObserved: [], steps: [] },
  };
  expect(plain(diagnosisHeadline({ ...document, suspects: several }))).toBe(
    "Two leaks: str, native memory; kept by the program: dict; growing, held by nobody knows whom: a, b, c and 1 more",
  );
  expect(plain(diagnosisHeadline({ ...document, suspects: several.slice(0, 1) }))).toBe(
    "200 str a second are lost: nothing refers to them",
  );
});

test("what its evidence and the ways to it say by themselves is told beside its kind", () => {
  const way = (...types: string[]) => types.map((type) => ({ type, address: "0x10", edge: "" }));
  expect(intervalsWords(suspect({ evidence: ["5 stay", "9 are alive; the number grew in 7 of 8 intervals."] }))).toBe(
    "grew in 7 of 8 intervals",
  );
  expect(intervalsWords(suspect({}))).toBeUndefined();
  const kept = (...types: string[]) => keptWords(suspect({ heldBy: [way(...types)] }));
  expect(kept("module", "KeyError", "traceback", "frame", "dict")).toBe("kept by the traceback of an exception");
  expect(kept("module", "threading.Thread", "dict")).toBe("kept by a thread that has not ended");
  expect(kept("list", "frame", "dict")).toBe("kept by a frame that somebody keeps");
  expect(kept("module", "dict", "frame")).toBeUndefined();
});
