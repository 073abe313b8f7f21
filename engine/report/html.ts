// A report in, one HTML page out that loads nothing and runs nothing. Next: a file to share.
import { createHash } from "node:crypto";
import type { Frame, Report, SiteRow, TypeRow } from "../../shared/documents.ts";
import { findingOf, frameText, losses, noFinding } from "./finding.ts";
import type { Line, Section } from "./section.ts";
import { hasLifecycle, sectionsOf } from "./sections.ts";
import { byteSize, rate, span, visible, whole } from "./words.ts";

const topRows = 200;
const topFrames = 32;
const style = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #8884}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}code{font:13px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
.f{display:block}.finding{font-size:1.25rem}`;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
export const escapeHtml = (text: string): string => visible(text).replace(/[&<>"']/g, (found) => entities[found] ?? "");

export function reportHtml(report: Report): string {
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const lifecycle = hasLifecycle(report);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">
<title>Refscope report</title><style>${style}</style></head><body>
<h1>Refscope report</h1>
${lifecycle ? `<p class="finding">${sentence(report)}</p>` : ""}
${facts(report)}
${lifecycle ? growth(report) : ""}
${sectionsOf(report, { rows: topRows, frames: topFrames }).map(sectionHtml).join("\n")}
<h2>Lost and not observed</h2>
${list([...losses(report), ...report.recording.notObserved])}
</body></html>
`;
}

const growth = ({ lifecycle: { sites, types } }: Report): string => `<h2>Sites</h2>
${table(["Type", "Where", "Growth /s", "Bytes /s", "Live", "Size"], from(2), sites.slice(0, topRows).map(siteCells))}
<h2>Types</h2>
${table(["Type", "Growth /s", "Allocated", "Freed", "Live", "Size"], from(1), types.slice(0, topRows).map(typeCells))}`;

const sectionHtml = ({ title, sentences, tables }: Section): string =>
  [
    `<h2>${title}</h2>`,
    ...sentences.map((line) => `<p>${lineHtml(line)}</p>`),
    ...tables.map(({ title: of, header, rows, textFrom }) => {
      const cells = rows.map((row) => row.map(cellHtml));
      return `<h3>${of}</h3>${table(header, (column) => column < textFrom, cells)}`;
    }),
  ].join("\n");

const cellHtml = ([first = [], ...more]: readonly Line[]): string =>
  more.length === 0
    ? lineHtml(first)
    : [first, ...more].map((line) => `<span class="f">${lineHtml(line)}</span>`).join("");
const lineHtml = (line: Line): string =>
  line
    .map((piece) => (typeof piece === "string" ? escapeHtml(piece) : `<code>${escapeHtml(piece.name)}</code>`))
    .join("");

function sentence(report: Report): string {
  const finding = findingOf(report);
  if (!finding) return noFinding(report);
  const where = finding.frame ? frame(finding.frame) : "an unknown place";
  const what = finding.type === null ? "blocks" : `<code>${escapeHtml(finding.type)}</code>`;
  return `<strong>${where} keeps ${finding.perSecond} ${what} a second</strong> (${finding.evidence}).`;
}

function facts({ target, recording }: Report): string {
  return list([
    `pid ${target.pid}, Python ${target.python} ${target.build.join(", ")}, ${target.platform}`,
    target.executable,
    `${recording.startedAt}, ${span(recording.seconds)}, ${recording.status}`,
  ]);
}

function siteCells(site: SiteRow): readonly string[] {
  const type = site.type === null ? `(${site.domain} memory)` : `<code>${escapeHtml(site.type)}</code>`;
  const frames = site.frames.slice(0, topFrames).map((one) => `<span class="f">${frame(one)}</span>`);
  return [
    type,
    frames.join(""),
    rate(site.growthPerSecond),
    byteSize(site.bytesPerSecond),
    whole(site.live),
    byteSize(site.liveBytes),
  ];
}

function typeCells(row: TypeRow): readonly string[] {
  return [
    `<code>${escapeHtml(row.type)}</code>`,
    rate(row.growthPerSecond),
    whole(row.allocated),
    whole(row.freed),
    whole(row.live),
    byteSize(row.liveBytes),
  ];
}

const frame = (of: Frame): string => `<code>${escapeHtml(frameText(of))}</code>`;
const list = (lines: readonly string[]): string =>
  lines.length === 0 ? "<p>Nothing.</p>" : `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`;

const from = (first: number) => (column: number) => column >= first;

function table(
  header: readonly string[],
  isNumber: (column: number) => boolean,
  rows: readonly (readonly string[])[],
): string {
  const cell = (tag: "th" | "td") => (text: string, at: number) =>
    `<${tag}${isNumber(at) ? ' class="n"' : ""}>${text}</${tag}>`;
  const line = (cells: readonly string[], tag: "th" | "td") => `<tr>${cells.map(cell(tag)).join("")}</tr>`;
  return `<table><thead>${line(header, "th")}</thead><tbody>${rows.map((row) => line(row, "td")).join("\n")}</tbody></table>`;
}
