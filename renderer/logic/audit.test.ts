// In: what an audit found. Out: its heading and its findings, the worst first.
import { expect, test } from "vitest";
import type { AuditedFunction, AuditedModule, AuditFinding } from "../../shared/audit-document.ts";
import type { FindingRule } from "../../shared/records.ts";
import { auditHeadline, findingsOf, groundOf, missedCalls, moduleName } from "./audit.ts";
import { plain } from "./finding.ts";

const file = "/venv/ujson.cpython-312-x86_64-linux-gnu.so";
const finding = (rule: FindingRule, count: number, type: string | null = "str"): AuditFinding => ({
  rule,
  module: file,
  function: "dumps",
  file: null,
  line: null,
  count,
  type,
  api: null,
  native: [],
  guarded: 0,
  sentence: "",
  fix: "",
  documentation: { title: "", url: "" },
});
const row = (name: string, keepsPerCall: number, type: string | null): AuditedFunction => ({
  function: name,
  calls: 200,
  keepsPerCall,
  type,
  confidence: 1,
  role: null,
  api: null,
  file: null,
  line: null,
});
const module = (functions: AuditedFunction[], entryPoints: number | null = 12): AuditedModule => ({
  module: file,
  entryPoints,
  missed: [],
  functions,
  abi: null,
});
const found = (findings: AuditFinding[], modules: AuditedModule[], errors: AuditFinding[] = []) => ({
  module: "ujson",
  references: { modules, findings },
  errors: { findings: errors },
});
const heading = (...given: Parameters<typeof found>) => plain(auditHeadline(found(...given), false));

test("the worst is what can end the process, then what grows, then what hides an error", () => {
  const all = findingsOf(
    found([finding("leaked-reference", 9), finding("over-release", 1)], [], [finding("error-cleared", 99)]),
  );
  expect(all.map(({ rule }) => rule)).toEqual(["over-release", "leaked-reference", "error-cleared"]);
});

test("a leak is told by what is kept at each call", () => {
  const leak = finding("leaked-reference", 200);
  const keeps = (perCall: number) => heading([leak], [module([row("dumps", perCall, "str")])]);
  expect(keeps(0.995)).toBe("dumps of ujson keeps a reference to a str at every call");
  expect(keeps(2)).toBe("dumps of ujson keeps 2 references to a str at every call");
  expect(keeps(0.5)).toBe("dumps of ujson keeps a reference to a str at one in 2 calls");
  expect(heading([finding("over-release", 3)], [])).toBe(
    "dumps of ujson releases a reference that it does not own (str), 3 times",
  );
});

test("nothing found is not nothing called, and that is not nothing imported", () => {
  expect(heading([], [module([row("dumps", 0, null)])])).toBe("ujson broke no rule and keeps no reference");
  expect(heading([], [module([])])).toBe("No function of ujson was called");
  expect(heading([], [module([], null)])).toBe("ujson was not imported while it was waited for");
});

test("a function has one row a type, and is counted once", () => {
  const twice = module([row("dumps", 1, "str"), row("dumps", 1, "int"), row("loads", 0, null)]);
  expect(groundOf(twice)).toBe("2 of 12 functions called, 400 calls in all.");
  expect(missedCalls({ missed: [{ api: "a", calls: 3, function: null, file: null, line: null }] })).toBe(3);
  expect(moduleName(file)).toBe("ujson");
});
