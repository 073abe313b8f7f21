// What an audit found in; what is said of it first, in each format, and hostile names as harmless as elsewhere, out.
import { describe, expect, test } from "vitest";
import type { AuditFinding } from "../../shared/audit-document.ts";
import type { AuditDocument } from "../../shared/audit-result.ts";
import type { Report } from "../../shared/documents.ts";
import { ruleWords } from "../../shared/rules.ts";
import { hostileTexts } from "../../test/fixtures/hostile-texts.ts";
import { reportHtml } from "./html.ts";
import { reportMarkdown } from "./markdown.ts";
import { auditText, reportText } from "./text.ts";

const findingOf = (rule: AuditFinding["rule"], name: string, count: number): AuditFinding => ({
  ...{
    rule,
    module: `/lib/${name}.so`,
    function: name,
    file: `/src/${name}.c`,
    line: 40,
    count,
    type: name,
    guarded: 0,
  },
  ...{ api: "PyObject_GetAttrString", native: [], sentence: `${name} ${ruleWords[rule].broke}.` },
  ...{ fix: ruleWords[rule].fix, documentation: ruleWords[rule].section },
});
const documentOf = (name = "fast", findings = [findingOf("leaked-reference", name, 50)]): AuditDocument => ({
  ...{ schema: "refscope.audit/1", path: "a.refscope", target: null, module: name, seconds: 8, ended: null },
  notObserved: ["A function was missed."],
  references: {
    findings,
    modules: [
      {
        module: `/lib/${name}.so`,
        entryPoints: 14,
        abi: {
          ...{
            module: `/lib/${name}.so`,
            api: "full",
            stableAbi: false,
            builtFor: "3.11",
            needs: "3.8",
            multiPhase: true,
          },
          ...{
            private: ["_PyLong_New"],
            removed: [{ function: name, since: "3.13" }],
            changed: [],
            breaksOn: ["3.13", "3.14"],
          },
          unknown: [],
        },
        missed: [{ api: name, calls: 3, function: name, file: null, line: null }],
        functions: [
          {
            ...{ function: name, calls: 50, keepsPerCall: 1, type: name, confidence: 1, role: "result" },
            ...{ api: "PyObject_GetAttrString", file: `/src/${name}.c`, line: 40 },
          },
          {
            ...{ function: "quiet", calls: 950, keepsPerCall: 0, type: null, confidence: 1, role: null },
            ...{ api: null, file: null, line: null },
          },
        ],
      },
    ],
  },
  errors: { findings: findings.length > 0 ? [findingOf("called-with-error", name, 1)] : [] },
});
const reportOf = ({ references, errors }: AuditDocument): Report => ({
  schema: "refscope.report/1",
  target: { pid: 7, executable: "e", command: "c", python: "3.11.7", build: [], platform: "linux-x64" },
  recording: {
    ...{ startedAt: "now", seconds: 8, status: "closed", produced: {}, stored: {}, dropped: {}, notObserved: [] },
    collected: ["references"],
  },
  lifecycle: { types: [], sites: [] },
  errors: { raised: [], findings: errors.findings, calls: [] },
  references,
});
const formats = { text: reportText, markdown: reportMarkdown, html: reportHtml } as const;

test("the worst first: the sentence, the line, what to do, and where that is written", () => {
  const text = auditText(documentOf());
  const said = text.replace(/\s+/g, " ");
  expect(said).toContain(
    "Its file uses the full C API, built for CPython 3.11; it fails on 3.13, 3.14: fast is gone from 3.13 on.",
  );
  expect(said).toContain("Private functions it uses: _PyLong_New.");
  expect(said).toMatch(/^\/lib\/fast\.so: 2 of 14 functions were called, 1,000 times in all\./);
  expect(said).toContain("It called the C API 3 times from functions that could not be followed.");
  expect(said).toContain(
    "leaked-reference: fast keeps a new reference that it neither returns nor releases. Seen 50 times. At /src/fast.c:40.",
  );
  expect(said).toContain("What to do: Py_DECREF what the call returned");
  expect(said).toContain("(Extending: Ownership Rules, https://docs.python.org/");
  expect(said.indexOf("leaked-reference")).toBeLessThan(said.indexOf("called-with-error"));
  expect(said).toContain("Not observed - A function was missed. Kept in a.refscope");
});

test("of a recording without the errors themselves nothing is said of what was raised", () => {
  for (const write of Object.values(formats)) {
    expect(write(reportOf(documentOf()))).toMatch(/Extension modules[\s\S]*called.with.error/);
    expect(write(reportOf(documentOf()))).not.toMatch(/No exception|Nothing grew|Sites/);
  }
});

test("nothing found, not called, not imported: each is said", () => {
  const clean = documentOf("fast", []);
  expect(auditText(clean)).toContain("No rule of the C API was seen broken");
  const [module] = clean.references.modules;
  if (!module) throw new Error("drawn above");
  const references = { findings: [], modules: [{ ...module, entryPoints: null, functions: [] }] };
  expect(auditText({ ...clean, references })).toContain("/lib/fast.so was not imported while it was waited for.");
  const idle = { findings: [], modules: [{ ...module, functions: [], missed: [] }] };
  expect(auditText({ ...clean, references: idle })).toContain("0 of 14 functions were called");
});

const payloads = [
  "<script>alert(1)</script>",
  "[a](javascript:1) http://evil.example @you `t` ~~n~~",
  "a\u202egnp\u001b[31m",
  ...hostileTexts,
];
const ourTags =
  /<\/?(?:html|head|meta|title|style|body|h1|h2|h3|p|strong|code|ul|li|table|thead|tbody|tr|th|td|span)\b[^<>]*>|<!doctype html>/g;

describe.each(Object.entries(formats))("hostile names in %s", (format, write) => {
  test.each(payloads)("%j", (payload) => {
    const out = write(reportOf(documentOf(payload)));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these may not be there.
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    if (format === "html") expect(out.replace(ourTags, "")).not.toContain("<");
    if (format === "markdown") expect(out).not.toMatch(/(?<!\\)(?:\]\(|<(?!br>)|http:|`|@|~)/);
  });
});
