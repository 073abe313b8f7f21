// A report in; text, Markdown and HTML that say it, and in which no name of the target can do anything, out.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Report, SiteRow } from "../../shared/documents.ts";
import { hostileTexts } from "../../test/fixtures/hostile-texts.ts";
import { reportHtml } from "./html.ts";
import { reportMarkdown } from "./markdown.ts";
import { reportText } from "./text.ts";
import { byteSize, rate, span, visible, whole } from "./words.ts";

const leak: SiteRow = {
  type: "dict",
  domain: "obj",
  frames: [{ function: "handler", file: "app.py", line: 41 }],
  live: 3000,
  liveBytes: 696_000,
  allocated: 3100,
  freed: 100,
  growthPerSecond: 200,
  bytesPerSecond: 46_400,
  steadiness: 1,
};
function reportOf(sites: readonly SiteRow[], hostile = "x"): Report {
  return {
    schema: "refscope.report/1",
    target: { pid: 7, executable: hostile, command: hostile, python: hostile, build: [hostile], platform: hostile },
    recording: {
      startedAt: hostile,
      seconds: 15,
      status: "closed",
      collected: ["lifecycle"],
      produced: { allocations: 3110, frees: 100 },
      stored: { allocations: 3100, frees: 100 },
      dropped: { allocations: 10, frees: 0 },
      notObserved: [hostile],
    },
    lifecycle: {
      types: sites.map(({ type, live, liveBytes, allocated, freed, growthPerSecond }) => ({
        type: type ?? "?",
        live,
        liveBytes,
        allocated,
        freed,
        growthPerSecond,
      })),
      sites: [...sites],
    },
  };
}
const named = (text: string): Report =>
  reportOf(
    [
      {
        ...leak,
        type: text,
        frames: [
          { function: text, file: text, line: 1 },
          { function: text, file: text, line: null },
        ],
      },
    ],
    text,
  );
const formats = { text: reportText, markdown: reportMarkdown, html: reportHtml } as const;

describe("the finding comes first", () => {
  test("as a sentence", () => {
    const text = reportText(reportOf([leak]));
    expect(text.split("\n").slice(0, 3).join(" ")).toContain(
      "`handler` at app.py:41 keeps 200 `dict` a second (45.3 KiB a second; 3,000 live after 15 s",
    );
  });
  test("with what the same line keeps besides", () => {
    const table: SiteRow = { ...leak, type: null, bytesPerSecond: 100_000, growthPerSecond: 190 };
    expect(reportText(reportOf([table, leak])).split("\n")[0]).toContain("keeps 200 `dict` a second");
  });
  test("or that there is none", () => {
    expect(reportText(reportOf([{ ...leak, steadiness: 0.1 }]))).toMatch(/^Nothing grew steadily\./);
    expect(reportText(reportOf([{ ...leak, steadiness: null }]))).toMatch(/^Too short to say/);
  });
});

test("what was lost and not observed is told", () => {
  for (const write of Object.values(formats))
    expect(write(reportOf([leak], "no free lists"))).toMatch(
      /10 of 3\\?,110 allocations were dropped[\s\S]*no free lists/,
    );
});

test("text stays within 80 columns but for a name or path that is longer", () => {
  const long = { ...leak, frames: [{ function: "f", file: `/srv/${"deep/".repeat(40)}app.py`, line: 1 }] };
  const lines = reportText(reportOf([long, leak])).split("\n");
  expect(lines.filter((line) => line.length > 80 && !line.startsWith("/srv") && !line.includes("deep"))).toEqual([]);
});

const payloads = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "\"onmouseover='x'",
  "</style><script>",
  "&lt;b&gt;",
  "[click](javascript:alert(1))",
  "![i](http://evil/x.png)",
  "http://evil.example/x",
  "@everyone #1 <!-- -->",
  "| a | b |\n| - | - |",
  "```\ncode",
  "**bold** _it_ ~~no~~ `tick`",
  "\u001b[31mred\u001b[0m",
  "\u001b]0;title\u0007",
  "a\u202egnp.exe",
  "\u2066x\u2069\u200b\ufeff",
  "line\r\nbreak\u2028x\u0085y",
  "\u0000\u0001\u009b31m",
  "\ud800 lone \udc00",
  "x".repeat(5000),
  ...hostileTexts,
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: these may not be there.
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

describe.each(Object.entries(formats))("hostile names in %s", (format, write) => {
  test.each(payloads)("%j", (payload) => {
    const out = write(named(payload));
    expect(out).not.toMatch(control);
    expect(Buffer.from(out).toString()).toBe(out);
    expect(out).not.toContain("x".repeat(600));
    if (format === "html")
      expect(
        out.replace(
          /<\/?(?:html|head|meta|title|style|body|h1|h2|p|strong|code|ul|li|table|thead|tbody|tr|th|td|span)\b[^<>]*>|<!doctype html>/g,
          "",
        ),
      ).not.toContain("<");
    if (format === "markdown") expect(out).not.toMatch(/(?<!\\)(?:\]\(|<(?!br>)|http:|`|@|~)/);
  });
});

test("HTML lets nothing load or run", () => {
  const html = reportHtml(reportOf([leak]));
  expect(html).toContain("default-src 'none'; style-src 'sha256-");
  expect(html).not.toMatch(/<(?:script|link|img|iframe|a)\b|\son\w+=|style="/);
});

test("any text shows as itself or escaped, on one line", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 700 }),
      (text) => !control.test(visible(text)) && !visible(text).includes("\n"),
    ),
  );
});

test("numbers read well", () => {
  expect([
    whole(1234567),
    whole(-1234),
    rate(0.254),
    rate(12.34),
    rate(4567.8),
    byteSize(1023),
    byteSize(1536),
    byteSize(-2048),
  ]).toEqual(["1,234,567", "-1,234", "0.25", "12.3", "4,568", "1023 B", "1.5 KiB", "-2 KiB"]);
  expect([span(15), span(119.94), span(600), span(7380)]).toEqual(["15 s", "119.9 s", "10 min 0 s", "2 h 3 min"]);
});
