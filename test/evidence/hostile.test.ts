// Recordings made to do harm in; each is refused by a code or read harmlessly, by every call, in time, and nothing else is written or started.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createEngine } from "../../engine/engine.ts";
import { reportHtml } from "../../engine/report/html.ts";
import { reportMarkdown } from "../../engine/report/markdown.ts";
import { reportText } from "../../engine/report/text.ts";
import { Library } from "../../engine/session/library.ts";
import type { Report } from "../../shared/documents.ts";
import { hostileRecordings } from "../fixtures/hostile-recordings.ts";
import { temporaryFolder } from "../fixtures/synthetic-recording.ts";

const range = { fromMs: 0, toMs: 1e12 };
/** For all the questions about one. */
const longestMs = 60_000;
/** Each fourth, all when asked for: a process starts for every file. */
const all = process.env["REFSCOPE_HOSTILE"] === "all";

test("hostile recordings", { timeout: 580_000 }, async () => {
  const folder = temporaryFolder();
  const engine = createEngine(new Library(join(folder, "library")));
  const made = hostileRecordings(folder);
  const hostile = made.filter((_, at) => all || at % 4 === 0);
  const before = readdirSync(folder).sort();
  expect(made.length).toBeGreaterThanOrEqual(60);
  const outcomes: Record<string, string> = {};
  for (const { name, path } of hostile) {
    const start = Date.now();
    const verified = await engine.work({ kind: "verify", path });
    const outcome = verified.ok ? verified.value.outcome : verified.failure.code;
    outcomes[name] = outcome;
    expect([name, outcome]).not.toEqual([name, "verified"]);
    expect([name, outcome]).not.toEqual([name, "bug"]);
    const report = await engine.call("recording.report", { path });
    if (report.ok) expectHarmless(name, report.value);
    const answers = [
      report,
      await engine.call("recording.types", { path }),
      await engine.call("recording.sites", { path }),
      await engine.call("recording.series", { path, buckets: 600 }),
      await engine.call("gil.lanes", { path, ...range, buckets: 100 }),
      await engine.call("gil.holds", { path, ...range, limit: 1000 }),
      await engine.call("gil.distribution", { path }),
      await engine.call("gil.chain", { path, hold: 0, atMs: 1 }),
      await engine.call("gil.now", { path }),
      await engine.call("errors.series", { path, buckets: 600 }),
      await engine.call("history.report", { path }),
      await engine.call("history.steps", { path, points: 100 }),
      await engine.call("sample.report", { path }),
      await engine.call("audit.report", { path }),
      await engine.call("heap.list", { path }),
      await engine.call("heap.report", { path }),
    ];
    const codes = answers.map((answer) => (answer.ok ? "ok" : `${answer.failure.code}: ${answer.failure.cause}`));
    expect([name, codes.filter((code) => code.startsWith("bug"))]).toEqual([name, []]);
    const redacted = await engine.work({ kind: "redact", path, level: "standard" });
    expect([name, redacted.ok || redacted.failure.code]).not.toEqual([name, "bug"]);
    if (process.env["REFSCOPE_TALK"])
      console.log(
        name,
        outcome,
        Date.now() - start,
        codes.find((code) => code !== "ok"),
      );
    expect([name, Date.now() - start < longestMs]).toEqual([name, true]);
  }
  await engine.close();
  const more = readdirSync(folder).filter((file) => !before.includes(file) && !/-(?:wal|shm)$/.test(file));
  expect(more.filter((file) => file !== "library")).toEqual([]);
  expect(Object.values(outcomes).filter((outcome) => outcome === "foreign-recording").length).toBeGreaterThan(3);
});

function expectHarmless(name: string, report: Report): void {
  const paint = { strong: (text: string) => text, dim: (text: string) => text };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  const raw = /[\u0000-\u0008\u000b-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
  for (const said of [reportText(report, paint), reportMarkdown(report)])
    expect([name, raw.exec(said)?.[0]]).toEqual([name, undefined]);
  expect([name, /<script>alert|<img src=x/.exec(reportHtml(report))?.[0]]).toEqual([name, undefined]);
  expect([name, /<img src=x|\]\(javascript:/.exec(reportMarkdown(report))?.[0]]).toEqual([name, undefined]);
}
