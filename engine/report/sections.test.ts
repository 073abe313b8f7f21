// The GIL's and the errors' part of a report in; what each format says of them first, and hostile names as harmless as elsewhere, out.
import { describe, expect, test } from "vitest";
import type { ErrorsReport, Report } from "../../shared/documents.ts";
import type { GilReport } from "../../shared/gil-document.ts";
import { hostileTexts } from "../../test/fixtures/hostile-texts.ts";
import { reportHtml } from "./html.ts";
import { reportMarkdown } from "./markdown.ts";
import { reportText } from "./text.ts";

const frames = (name: string) => [{ function: name, file: "app.py", line: 12 }];
const thread = (threadId: number, name: string) => ({
  ...{ threadId, name, kernelName: "python", holdFraction: 0.5, waitFraction: 0.25, holds: 1000, waits: 10, forced: 3 },
  ...{ waitP50Ms: 5.08, waitP99Ms: 5.2, waitMaxMs: 50.2, holdP50Ms: 5, holdP99Ms: 50, holdMaxMs: 50.1 },
});
const gilOf = (name = "x"): GilReport => ({
  switches: 1_000_000,
  switchesCounted: 1_000_001,
  intervalMs: 5,
  thresholdMs: 10,
  ...{ holdP50Ms: 5, holdP99Ms: 50 },
  threads: [thread(7, name), thread(8, "sleeper")],
  longHolds: [50.1, 50.3, 49.9].map((ms, hold) => ({
    ...{ hold, threadId: 7, startMs: 1000 * hold, ms, unfinished: false, frames: frames(name), waiters: [8] },
    native: [{ module: name, function: name }],
  })),
  blame: [{ waiter: 8, holder: 7, ms: 150 }],
  convoys: [{ waiter: 8, holder: 7, waits: 812, ms: 4100 }],
  calls: [{ module: name, function: "PyGILState_Ensure", calls: 5 }],
});
const errorsOf = (name = "x"): ErrorsReport => ({
  raised: [{ type: name, count: 900, perSecond: 60, message: name, frames: frames(name), chained: 1 }],
  findings: [
    { rule: "error-overwritten", module: name, function: name, file: "app.py", line: 3, count: 12, type: "KeyError" },
    { rule: "error-cleared", module: "app.py", function: "g", file: "app.py", line: null, count: 2, type: null },
  ],
  calls: [{ module: name, function: "PyErr_SetString", calls: 5 }],
});
const reportOf = (name?: string, gil = gilOf(name), errors = errorsOf(name)): Report => ({
  schema: "refscope.report/1",
  target: { pid: 7, executable: "e", command: "c", python: "3.11.7", build: [], platform: "linux-x64" },
  recording: {
    ...{ startedAt: "now", seconds: 15, status: "closed", produced: {}, stored: {}, dropped: {}, notObserved: [] },
    collected: ["gil", "errors"],
  },
  lifecycle: { types: [], sites: [] },
  gil,
  errors,
});
const formats = { text: reportText, markdown: reportMarkdown, html: reportHtml } as const;

test("the text names the place that holds, what to do, the convoy, and what is raised and lost", () => {
  const text = reportText(reportOf("crunch"));
  const said = text.replace(/\s+/g, " ");
  expect(said).toContain("crunch at app.py:12 held the GIL 3 times for 10 ms or more (half of them for 50.1 ms");
  expect(said).toContain("others waited during 3 of these holds.");
  expect(said).toContain(
    "A convoy: crunch (7) holds the GIL; sleeper (8) waits mostly behind it (100.0 % of its waiting): 812 waits of at least a whole switch interval (5 ms), 4.1 s in all.",
  );
  expect(said).toContain("Half of all holds end within 5 ms, 99 % within 50 ms; the longest, of crunch (7), lasted");
  expect(said).toContain("crunch (7) waited longest, 50.2 ms.");
  expect(said).toContain("1,000,000 switches from thread to thread; CPython counted 1,000,001.");
  expect(said).toContain("crunch is raised most, at crunch at app.py:12: 900 of 900 exceptions, 60 a second.");
  expect(said).toContain("crunch in crunch set a new error over one that was set, a KeyError, 12 times.");
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("what was not collected has no section, and no sentence on growth", () => {
  const { gil: _, errors: __, ...bare } = reportOf();
  for (const write of Object.values(formats)) {
    expect(write(bare)).not.toMatch(/GIL|raised|Sites/);
    expect(write(reportOf())).not.toMatch(/Nothing grew|Sites/);
  }
});

test("nothing held long, nothing waited, nothing raised: each is said", () => {
  const quiet = { ...gilOf(), longHolds: [], convoys: [] };
  const none = { raised: [], findings: [], calls: [] };
  expect(reportText(reportOf("x", quiet))).toContain("Nobody held the GIL for 10 ms.");
  expect(reportText(reportOf("x", { ...quiet, blame: [] }, none))).toMatch(
    /Nobody waited for the GIL\.[\s\S]*No exception/,
  );
});

const payloads = [
  "<script>alert(1)</script>",
  "[click](javascript:alert(1)) http://evil.example/x @everyone `tick` ~~no~~",
  "a\u202egnp\u001b[31m\u0007",
  "line\r\nbreak\u2028x",
  "x".repeat(5000),
  ...hostileTexts,
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: these may not be there.
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
const ourTags =
  /<\/?(?:html|head|meta|title|style|body|h1|h2|h3|p|strong|code|ul|li|table|thead|tbody|tr|th|td|span)\b[^<>]*>|<!doctype html>/g;

describe.each(Object.entries(formats))("hostile names in %s", (format, write) => {
  test.each(payloads)("%j", (payload) => {
    const out = write(reportOf(payload));
    expect(out).not.toMatch(control);
    expect(out).not.toContain("x".repeat(600));
    if (format === "html") expect(out.replace(ourTags, "")).not.toContain("<");
    if (format === "markdown") expect(out).not.toMatch(/(?<!\\)(?:\]\(|<(?!br>)|http:|`|@|~)/);
  });
});
