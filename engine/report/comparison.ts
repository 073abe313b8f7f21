// A comparison in; text for a terminal, or Markdown for a pull request, out. Next: cli/verbs/compare.ts.
import type { Comparison, ComparisonRow } from "../../shared/comparison-document.ts";
import { frameText } from "./finding.ts";
import { escapeMarkdown } from "./markdown.ts";
import { plain } from "./text.ts";
import { type Paint, wrap } from "./text-section.ts";
import { byteSize, rate, signed, span, visible } from "./words.ts";

const topRows = 20;
const words = {
  fixed: "fixed: what grew in A does not grow in B",
  improved: "improved: what grows in A grows slower in B",
  same: "same: B grows as A does",
  worse: "worse: what grows in A grows faster in B",
  "new-leak": "new leak: B grows where A does not",
  incomparable: "incomparable",
} as const satisfies Record<Comparison["verdict"], string>;
/** Of states at marks. */
const stateWords = {
  fixed: "fixed: what grew for good up to A's mark is gone at B's",
  improved: "improved: less of what grew for good is live at B's mark",
  same: "same: nothing that grew for good differs between the marks",
  worse: "worse: more of what grew for good is live at B's mark",
  "new-leak": "new leak: what grew for good up to B's mark did not up to A's",
  incomparable: words.incomparable,
} as const satisfies Record<Comparison["verdict"], string>;
const headlineOf = ({ a, verdict }: Comparison): string => (a.mark === undefined ? words : stateWords)[verdict];
/** A second channel beside the words. */
const glyphs = { fixed: "✓", improved: "▼", same: "=", worse: "▲", "new-leak": "+" } as const;

export function comparisonText(comparison: Comparison, paint: Paint = plain): string {
  const { rows, of, reasons, notObserved } = comparison;
  const shown = rows.slice(0, topRows);
  const lines = [
    paint.strong(headlineOf(comparison)),
    ...reasons.flatMap((reason) => wrap(visible(reason))),
    ...sides(comparison).map(paint.dim),
    ...shown.flatMap((row) => ["", ...rowLines(row, paint)]),
    ...(of > shown.length ? [paint.dim(`and ${of - shown.length} more; --json has them`)] : []),
    ...(notObserved.length > 0 ? ["", paint.strong("Not observed")] : []),
    ...notObserved.flatMap((note) => wrap(visible(note))),
  ];
  return `${lines.join("\n")}\n`;
}

const sides = ({ a, b }: Comparison): readonly string[] =>
  (
    [
      ["A", a],
      ["B", b],
    ] as const
  ).map(
    ([name, side]) =>
      `${name}  ${visible(side.path)}${side.mark === undefined ? "" : ` at ${visible(side.mark)}`}, Python ${visible(side.python)}, ${span(side.seconds)}${side.runs > 1 ? ` in ${side.runs} runs` : ""}`,
  );

function rowLines(row: ComparisonRow, paint: Paint): readonly string[] {
  const what = row.type === null ? "memory" : visible(row.type);
  const place = row.site.slice(0, 3).map((frame) => `    ${visible(frameText(frame))}`);
  return [`${glyphs[row.verdict]} ${paint.strong(row.verdict)}  ${what}  ${change(row)}`, ...place];
}

/** "12.0 → 0 objects/second (−12.0, ±0.3)" */
function change({ a, b, delta, unit, noise, between }: ComparisonRow): string {
  const number = unit.startsWith("bytes") ? byteSize : rate;
  const shown = unit.startsWith("bytes") ? unit.slice("bytes".length) : ` ${unit}`;
  const beside = between ? `${number(between.made)} made, ${number(between.freed)} freed` : `±${number(noise)}`;
  return `${number(a)} → ${number(b)}${shown} (${signed(number(delta))}, ${beside})`;
}

export function comparisonMarkdown(comparison: Comparison): string {
  const { rows, of, reasons, notObserved } = comparison;
  const list = (lines: readonly string[]) => lines.map((line) => `- ${escapeMarkdown(line)}`);
  const table = rows.slice(0, topRows).map((row) => `| ${cells(row).join(" | ")} |`);
  const parts = [
    [`# Refscope: ${headlineOf(comparison)}`],
    list([...sides(comparison), ...reasons]),
    ...(rows.length === 0 ? [] : [["| | Type | Where | A | B | |", "| --- | --- | --- | --- | --- | --- |", ...table]]),
    ...(of > topRows ? [[`and ${of - topRows} more`]] : []),
    ...(notObserved.length > 0 ? [["## Not observed"], list(notObserved)] : []),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function cells({ verdict, type, site, a, b, unit, significant }: ComparisonRow): readonly string[] {
  const [frame] = site;
  const number = unit.startsWith("bytes") ? byteSize : rate;
  return [
    `${glyphs[verdict]} ${verdict}`,
    type === null ? "memory" : escapeMarkdown(type),
    frame ? escapeMarkdown(frameText(frame)) : "",
    number(a),
    `${number(b)} ${unit}`,
    significant ? "" : "within the noise",
  ];
}
