// Rows as an audit counts them in; what is a finding, with its line, and what is not, out.
import { expect, test } from "vitest";
import { drawnRecording } from "../../test/fixtures/drawn-gil.ts";
import type { StoredKeep } from "../store/audit-reader.ts";
import { auditReport } from "./audit.ts";
import { judge } from "./keeps.ts";
import type { Recorded } from "./recorded.ts";

const module = "/app/fast.so";
const names: Partial<Recorded["names"]> = {
  types: new Map([
    [1, "str"],
    [2, "list"],
  ]),
  symbols: new Map([
    [0x7110n, { module, function: "loads", offset: 16 }],
    [0x7210n, { module, function: undefined, offset: 0x210 }],
  ]),
};
const keep = (more: Partial<StoredKeep> = {}): StoredKeep => ({
  function: 1,
  role: "result",
  api: "PyObject_GetAttrString",
  type: 1,
  references: 50,
  most: 50,
  calls: 50,
  consistent: 50,
  address: 0x7110n,
  ...more,
});

function audited(audit: Partial<NonNullable<Recorded["audit"]>>) {
  const lines = new Map([
    [
      0x7110n,
      [
        { function: "Py_DECREF", file: "/usr/include/python3.11/object.h", line: 500 },
        { function: "helper", file: "/src/fast.c", line: 12 },
        { function: "loads", file: "/src/fast.c", line: 40 },
      ],
    ],
    [0x7100n, [{ function: "loads", file: "/src/fast.c", line: 30 }]],
  ]);
  const functions = new Map(
    ["loads", "Parser.feed", "dumps"].map((name, at) => {
      return [at + 1, { id: at + 1, module, name, address: 0x7000n + BigInt(at + 1) * 0x100n, calls: 50 }];
    }),
  );
  const none = {
    module: "fast",
    guard: false,
    entryPoints: 3,
    functions,
    keeps: [],
    findings: [],
    missed: [],
    abi: [],
  };
  const recording = drawnRecording({ lines: [" "], names });
  return auditReport({ ...recording, audit: { ...none, ...audit }, sourceLines: () => lines });
}

test("a leak is told with its line, which is not that of CPython's headers, and the rule's section", () => {
  const [finding] = audited({ keeps: [keep()] })?.references.findings ?? [];
  expect(finding).toMatchObject({
    rule: "leaked-reference",
    module,
    function: "loads",
    file: "/src/fast.c",
    line: 12,
    count: 50,
    type: "str",
    sentence: "loads keeps a new reference that it neither returns nor releases (str, in PyObject_GetAttrString).",
    documentation: { title: "Extending: Ownership Rules" },
  });
  expect(finding?.native.map(({ function: name }) => name)).toEqual(["Py_DECREF", "helper", "loads"]);
});

test("what a rule is called: by who owned the object, and which way the balance leans", () => {
  const rule = (more: Partial<StoredKeep>) => judge(keep(more), false).rule;
  expect(rule({ role: "argument 1", api: undefined })).toBe("extra-reference");
  expect(rule({ role: "created" })).toBe("leaked-reference");
  expect(rule({ role: "returned", api: undefined })).toBe("extra-reference");
  expect(rule({ references: -50, most: 0 })).toBe("over-release");
  expect(rule({ references: 0 })).toBeUndefined();
});

test("no finding: a cache, what was freed later, what differs from call to call, too few calls", () => {
  const rule = (more: Partial<StoredKeep>) => judge(keep(more), false).rule;
  expect(rule({ references: 1, most: 1, consistent: 1 })).toBeUndefined();
  expect(rule({ references: 20, most: 20 })).toBeUndefined();
  expect(rule({ references: 50, most: 90, calls: 90, consistent: 90 })).toBeUndefined();
  expect(rule({ references: 40, most: 40, consistent: 40 })).toBeUndefined();
  expect(rule({ references: 4, most: 4, calls: 4, consistent: 4 })).toBeUndefined();
  // Others released some of an object that they share.
  expect(rule({ references: 17, most: 17, calls: 20, consistent: 20 })).toBe("leaked-reference");
  // The first calls may fill a cache.
  expect(rule({ references: 47, most: 47, consistent: 47 })).toBe("leaked-reference");
});

test("a method that keeps its argument may own it: told with little confidence, no finding", () => {
  const report = audited({ keeps: [keep({ function: 2, role: "argument 1", api: undefined, address: 0n })] });
  expect(report?.references.findings).toEqual([]);
  const row = report?.references.modules[0]?.functions.find(({ function: name }) => name === "Parser.feed");
  expect(row).toMatchObject({ keepsPerCall: 1, confidence: 0.6, type: "str", role: "argument 1" });
});

test("what no call of the API shows: an orphan and a type are leaks, an object of the module's data is taken too often", () => {
  const rule = (role: string, method: boolean) => judge(keep({ role, api: undefined }), method).rule;
  const roles = ["type", "made", "refused", "orphan", "cycle", "global"];
  expect(roles.map((role) => rule(role, true))).toEqual([...Array(5).fill("leaked-reference"), "extra-reference"]);
  // Memory that a method took may be in a structure of its object's own.
  expect([rule("memory", false), rule("memory", true)]).toEqual(["leaked-reference", undefined]);
});

test("calls that took nothing are not in the row of some roles, but are calls", () => {
  const report = audited({
    keeps: [keep({ function: 2, role: "refused", calls: 20, consistent: 20, references: 20 })],
  });
  const row = report?.references.modules[0]?.functions.find(({ function: name }) => name === "Parser.feed");
  expect(row?.keepsPerCall).toBe(20 / (row?.calls ?? 0));
});

test("of a place without a line the function's own is told; a stripped one has its offset", () => {
  const seen = { rule: "null-without-error", api: undefined, type: 0, count: 3, guarded: 0 } as const;
  const findings = [
    { ...seen, function: 1, address: 0n },
    { ...seen, function: 2, address: 0x7210n },
  ];
  const told = audited({ findings })?.errors.findings.map(({ native, file, line }) => [
    native[0]?.function,
    file,
    line,
  ]);
  expect(told).toEqual([
    ["loads", "/src/fast.c", 30],
    ["+0x210", null, null],
  ]);
});

test("the worst comes first; findings of errors are apart; what was kept is not said twice", () => {
  const seen = { function: 1, api: undefined, type: 1, address: 0n, count: 5, guarded: 0 } as const;
  const findings = (["error-cleared", "leaked-reference", "called-without-gil", "result-with-error"] as const).map(
    (rule) => ({ ...seen, rule }),
  );
  const report = audited({ keeps: [keep()], findings });
  expect(report?.references.findings.map(({ rule, count }) => `${rule} ${count}`)).toEqual([
    "called-without-gil 5",
    "leaked-reference 50",
  ]);
  expect(report?.errors.findings.map(({ rule }) => rule)).toEqual(["result-with-error", "error-cleared"]);
});

test("a function that keeps nothing has its row; calls from elsewhere are told; nothing audited, nothing told", () => {
  const report = audited({ missed: [{ api: "PyList_New", calls: 9, address: 0x7110n }] });
  expect(report?.references.modules[0]).toMatchObject({
    module,
    entryPoints: 3,
    missed: [{ api: "PyList_New", calls: 9, function: "loads", line: 12 }],
    functions: [
      { function: "loads", keepsPerCall: 0, type: null, confidence: 1 },
      { function: "Parser.feed" },
      { function: "dumps" },
    ],
  });
  expect(auditReport(drawnRecording({ lines: [" "] }))).toBeUndefined();
});
