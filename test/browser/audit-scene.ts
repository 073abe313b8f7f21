// A situation in, what an audit of an extension module found in it out. Next: scene.ts.
import type { AuditedFunction, AuditedModule, AuditFinding } from "../../shared/audit-document.ts";
import type { AuditDocument } from "../../shared/audit-result.ts";
import type { FindingRule } from "../../shared/records.ts";
import { ruleWords } from "../../shared/rules.ts";
import { hostile } from "./hostile-answers.ts";
import type { Scene } from "./scene-rows.ts";

const path = "/srv/venv/lib/python3.12/site-packages/ujson.cpython-312-x86_64-linux-gnu.so";
const source = "/build/ujson/lib/objToJSON.c";
const perSecond = 81;

interface Broken {
  readonly rule: FindingRule;
  readonly name: string;
  readonly line: number | null;
  readonly count: number;
  readonly type: string | null;
  readonly api: string | null;
  readonly guarded?: number;
}

function finding({ rule, name, line, count, type, api, guarded = 0 }: Broken): AuditFinding {
  const { broke, fix, section } = ruleWords[rule];
  const inWords = [type, api && `in ${api}`].filter(Boolean).join(", ");
  return {
    rule,
    module: path,
    function: name,
    file: line === null ? null : source,
    line,
    count,
    type,
    api,
    native:
      line === null
        ? []
        : [
            { function: "key_of", file: source, line },
            { function: "Dict_iterNext", file: source, line: line + 120 },
            { function: name, file: source, line: 812 },
          ],
    guarded,
    sentence: `${name} ${broke}${inWords && ` (${inWords})`}.`,
    fix,
    documentation: section,
  };
}

const row = (
  name: string,
  calls: number,
  keepsPerCall: number,
  type: string | null,
  confidence: number,
  more: Partial<AuditedFunction> = {},
): AuditedFunction => ({
  function: name,
  calls,
  keepsPerCall,
  type,
  confidence,
  role: null,
  api: null,
  file: source,
  line: 812,
  ...more,
});

function moduleOf(seconds: number): AuditedModule {
  const calls = Math.round(perSecond * seconds);
  return {
    module: path,
    entryPoints: 6,
    missed: [
      { api: "PyObject_GetIter", calls: 412, function: "iter_begin", file: source, line: 77 },
      { api: "PyErr_Occurred", calls: 96, function: null, file: null, line: null },
    ],
    functions: [
      row("dumps", calls, 0.998, "str", 0.99, { role: "result", api: "PyObject_GetAttrString" }),
      row("dumps", calls, 0.03, "dict", 0.12, { role: "argument 1" }),
      row("load", 18, -1, "int", 0.7, { role: "result", api: "PyDict_GetItem", line: 340 }),
      row("loads", calls * 3, 0, null, 0.97, { line: 301 }),
      row("encode", 4, 0, null, 0.4, { file: null, line: null }),
    ],
    abi: {
      module: path,
      api: "full",
      stableAbi: false,
      builtFor: "3.12",
      needs: "3.9",
      multiPhase: false,
      private: ["_PyUnicode_Ready", "_PyDict_Next"],
      removed: [{ function: "PyEval_CallObjectWithKeywords", since: "3.13" }],
      changed: [{ function: "PyErr_Restore", since: "3.12", what: "the error is kept normalised" }],
      breaksOn: ["3.13", "3.14", "3.15"],
      unknown: [],
    },
  };
}

const findings = (seconds: number): AuditFinding[] => [
  finding({
    rule: "leaked-reference",
    name: "dumps",
    line: 96,
    count: Math.round(perSecond * seconds),
    type: "str",
    api: "PyObject_GetAttrString",
  }),
  finding({
    rule: "extra-reference",
    name: "load",
    line: 340,
    count: 18,
    type: "int",
    api: "PyDict_GetItem",
    guarded: 2,
  }),
];
const ofErrors: AuditFinding[] = [
  finding({ rule: "called-with-error", name: "loads", line: 301, count: 44, type: "ValueError", api: "PyList_New" }),
  finding({ rule: "error-cleared", name: "encode", line: null, count: 3, type: null, api: "PyErr_Clear" }),
];

export function auditReport(scene: Scene, seconds: number): AuditDocument | null {
  if (scene === "uncollected") return null;
  const module = moduleOf(seconds);
  const facts = { schema: "refscope.audit/1" as const, path: "", target: null, module: "ujson", seconds };
  const document = (modules: AuditedModule[], found: AuditFinding[], errors: AuditFinding[]): AuditDocument => ({
    ...facts,
    references: { modules, findings: found },
    errors: { findings: errors },
    notObserved: [],
    ended: null,
  });
  if (scene === "single")
    return document([{ ...module, entryPoints: null, missed: [], functions: [], abi: null }], [], []);
  if (scene === "quiet") {
    const clean = module.functions.filter(({ keepsPerCall }) => keepsPerCall === 0);
    return document([{ ...module, missed: [], functions: clean }], [], []);
  }
  const found = document([module], findings(seconds), ofErrors);
  return scene === "hostile" ? madeHostile(found) : found;
}

function madeHostile({ references, errors, ...facts }: AuditDocument): AuditDocument {
  const bad = (one: AuditFinding, at: number): AuditFinding => ({
    ...one,
    module: hostile,
    function: `${at}${hostile}`,
    file: hostile,
    type: hostile,
    api: hostile,
    sentence: hostile,
    fix: hostile,
    native: [{ function: hostile, file: hostile, line: 1 }],
    documentation: { title: hostile, url: "javascript:alert(1)" },
  });
  const names = { module: hostile, private: [hostile], unknown: [hostile], breaksOn: [hostile], needs: hostile };
  const modules = references.modules.map(
    (module): AuditedModule => ({
      module: hostile,
      entryPoints: 6,
      missed: [{ api: hostile, calls: 1, function: hostile, file: hostile, line: 1 }],
      functions: module.functions.map((one, at) => ({
        ...one,
        function: `${at}${hostile}`,
        type: hostile,
        role: hostile,
        api: hostile,
        file: hostile,
      })),
      abi: module.abi && { ...module.abi, ...names, removed: [{ function: hostile, since: hostile }] },
    }),
  );
  return {
    ...facts,
    module: hostile,
    references: { modules, findings: references.findings.map(bad) },
    errors: { findings: errors.findings.map(bad) },
  };
}

/** What the process has loaded, for the form that starts an audit. */
export const loadedModules = (scene: Scene) => {
  const name = scene === "hostile" ? hostile : "ujson";
  const dynload = "/usr/local/lib/python3.12/lib-dynload/_json.cpython-312-x86_64-linux-gnu.so";
  return [
    { name, path, standard: false },
    { name: "_json", path: dynload, standard: true },
  ];
};
