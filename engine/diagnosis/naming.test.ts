// A candidate, and what audits, watches and samples say, in; whom they blame, and the verdict, out.
import { describe, expect, test } from "vitest";
import type { AuditDocument } from "../../shared/audit-result.ts";
import type { History } from "../../shared/documents.ts";
import type { SampleDocument } from "../../shared/sample-document.ts";
import type { Candidate, Signs } from "./candidate.ts";
import { type Found, namesOf } from "./naming.ts";
import { verdictOf } from "./verdict.ts";

const candidate: Candidate = {
  kind: "unreachable",
  type: "str",
  perSecond: 200,
  bytesPerSecond: 13_000,
  grown: 2400,
  allocationSite: [{ function: "handler", file: "app.py", line: 12 }],
  domain: "obj",
  keeper: undefined,
  importing: false,
  heldBy: [],
  confidence: 0.7,
  evidence: ["200 str a second stay."],
  notObserved: [],
  objects: ["0x10"],
  heapType: undefined,
  sample: "str@app.py:12",
  partOf: undefined,
  modules: [],
};
const nothing: Found = { audits: [], histories: [], samples: [] };

const audit = (
  rows: readonly { readonly of: string; readonly type: string | null; readonly keeps: number }[],
): AuditDocument => ({
  schema: "refscope.audit/1",
  path: "a.refscope",
  target: null,
  module: "fast",
  seconds: 4,
  references: {
    modules: [
      {
        module: "/lib/fast.so",
        entryPoints: 9,
        missed: [],
        abi: null,
        functions: rows.map(({ of, type, keeps }) => ({
          ...{ function: of, calls: 800, keepsPerCall: keeps, type, confidence: keeps > 0 ? 1 : 1 },
          ...{ role: null, api: null, file: "fast.c", line: 30 },
        })),
      },
    ],
    findings: rows
      .filter(({ keeps }) => keeps > 0)
      .map(({ of, type, keeps }) => ({
        ...{
          rule: "leaked-reference" as const,
          module: "/lib/fast.so",
          function: of,
          file: "fast.c",
          line: 31,
          count: 800 * keeps,
          type,
        },
        ...{
          api: null,
          native: [{ function: `fast_${of}`, file: "fast.c", line: 31 }],
          guarded: 0,
          sentence: "",
          fix: "",
        },
        documentation: { title: "", url: "" },
      })),
  },
  errors: { findings: [] },
  notObserved: [],
  ended: null,
});

const event = (delta: number, module: string, name: string): History["events"][number] => ({
  t: 1,
  delta,
  refcount: 5,
  threadId: 1,
  python: { function: "handler", file: "app.py", line: 12 },
  native: [{ module, function: name, file: null, line: null }],
});
const history: History = {
  schema: "refscope.history/1",
  object: { address: "0x10", type: "str" },
  complete: true,
  dropped: 0,
  events: [...Array.from({ length: 20 }, () => event(1, "/lib/fast.so", "dumps")), event(-1, "/bin/python3", "eval")],
  net: [
    { module: "/lib/fast.so", function: "dumps", delta: 20 },
    { module: "/bin/python3", function: "(interpreter)", delta: -1 },
  ],
  freed: false,
};
const sample: SampleDocument = {
  ...{
    schema: "refscope.sample/1",
    site: "str@app.py:12",
    counts: { made: 9, missed: 0, followed: 8, alive: 4, freed: 4 },
  },
  ...{ object: null, complete: true, dropped: 0, events: [], net: [], freed: false, objects: [], sums: [] },
  unmatched: [{ module: "/lib/fast.so", function: "dumps", file: null, line: null, python: null, perObject: 1 }],
};
const first = (found: Partial<Found>, of: Candidate = candidate) => {
  const [named] = namesOf(of, { ...nothing, ...found });
  return named && [named.blame.function, named.perCall, Math.round(named.sure * 100) / 100];
};

describe("who is blamed", () => {
  test("a finding on the type, with what it keeps a call", () => {
    const found = audit([
      { of: "dumps", type: "str", keeps: 1 },
      { of: "loads", type: "dict", keeps: 1 },
    ]);
    expect(first({ audits: [found] })?.slice(0, 2)).toEqual(["dumps", 1]);
  });

  test("who makes the changes that stay", () => {
    expect(first({ histories: [history] })).toEqual(["dumps", undefined, 0.9]);
  });

  test("whom the objects of a site have in common", () => {
    expect(first({ samples: [sample] })).toEqual(["dumps", undefined, 0.8]);
  });

  test("two kinds of evidence that agree are surer than one", () => {
    expect(first({ histories: [history], samples: [sample] })?.[2]).toBeGreaterThan(0.9);
  });

  test("a leaked type is blamed on what should let go of it", () => {
    const type: Candidate = { ...candidate, kind: "unexplained-references", type: "type", heapType: "fast.Row" };
    expect(first({ audits: [audit([{ of: "Row.tp_dealloc", type: "type", keeps: 1 }])] }, type)?.[0]).toBe(
      "Row.tp_dealloc",
    );
  });

  test("of what the program holds, who allocates it; of what nobody holds, that is a guess", () => {
    expect(first({}, { ...candidate, kind: "held" })).toEqual(["handler", undefined, 0.6]);
    expect(first({})).toEqual(["handler", undefined, 0.35]);
  });
});

describe("the verdict", () => {
  const signs: Signs = { seconds: 12, events: 9000, candidates: [candidate], notes: [], notObserved: [], graphs: 4 };
  const told = { path: "a.refscope", target: null, seconds: 30, steps: [], ended: undefined, notObserved: [] };
  const verdict = (of: Partial<Signs>, more: { readonly ended?: string } = {}) =>
    verdictOf({ ...signs, ...of }, nothing, { ...told, ...more });

  test("a leak, its suspects ranked: parts of another one stand below it", () => {
    const part = { ...candidate, type: "list", partOf: 0, confidence: 0.95 };
    const { verdict: is, suspects } = verdict({ candidates: [candidate, part] });
    expect([is, suspects.map(({ rank, type }) => [rank, type])]).toEqual([
      "leak",
      [
        [1, "str"],
        [2, "list"],
      ],
    ]);
  });

  test("clean, where enough was seen", () => {
    expect(verdict({ candidates: [] }).verdict).toBe("clean");
  });

  test("insufficient, where too little was", () => {
    expect(verdict({ candidates: [], seconds: 2 }).verdict).toBe("insufficient");
    expect(verdict({ candidates: [], events: 3 }).verdict).toBe("insufficient");
    expect(verdict({ candidates: [] }, { ended: "the process ended" }).why).toContain("the process ended");
  });
});
