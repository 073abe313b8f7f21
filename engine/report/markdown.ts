// A report in, Markdown out; nothing in it that comes from the recording is markup or a link. Next: a file or an issue tracker.
import type { Frame, Report } from "../../shared/documents.ts";
import { findingOf, frameText, losses, noFinding } from "./finding.ts";
import type { Line, Section } from "./section.ts";
import { hasLifecycle, sectionsOf } from "./sections.ts";
import { byteSize, rate, span, visible, whole } from "./words.ts";

const topRows = 20;
const topFrames = 8;

/** Every ASCII character that could begin markup, a mention, a link or an entity is escaped: CommonMark 0.31 §2.4. */
export const escapeMarkdown = (text: string): string => visible(text).replace(/[!-/:-@[-`{-~]/g, "\\$&");

export function reportMarkdown(report: Report): string {
  const lifecycle = hasLifecycle(report);
  const parts = [
    "# Refscope report",
    ...(lifecycle ? [sentence(report)] : []),
    facts(report),
    ...(lifecycle ? growth(report) : []),
    ...sectionsOf(report, { rows: topRows, frames: topFrames }).flatMap(sectionParts),
    "## Lost and not observed",
    list([...losses(report), ...report.recording.notObserved]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function growth({ lifecycle: { sites, types } }: Report): readonly string[] {
  return [
    "## Sites",
    table(
      ["Type", "Where", "Growth /s", "Bytes /s", "Live", "Size"],
      sites
        .slice(0, topRows)
        .map((site) => [
          site.type === null ? `(${site.domain} memory)` : escapeMarkdown(site.type),
          site.frames.slice(0, topFrames).map(frame).join("<br>"),
          rate(site.growthPerSecond),
          byteSize(site.bytesPerSecond),
          whole(site.live),
          byteSize(site.liveBytes),
        ]),
    ),
    "## Types",
    table(
      ["Type", "Growth /s", "Allocated", "Freed", "Live", "Size"],
      types
        .slice(0, topRows)
        .map((row) => [
          escapeMarkdown(row.type),
          rate(row.growthPerSecond),
          whole(row.allocated),
          whole(row.freed),
          whole(row.live),
          byteSize(row.liveBytes),
        ]),
    ),
  ];
}

const sectionParts = ({ title, sentences, tables }: Section): readonly string[] => [
  `## ${title}`,
  ...sentences.map(lineText),
  ...tables.flatMap(({ title: of, header, rows }) => [
    `### ${of}`,
    table(
      header,
      rows.map((row) => row.map((lines) => lines.map(lineText).join("<br>"))),
    ),
  ]),
];

export const lineText = (line: Line): string =>
  line.map((piece) => (typeof piece === "string" ? ours(piece) : escapeMarkdown(piece.name))).join("");
/** What we say has names with an underscore in it. */
const ours = (text: string): string => text.replace(/[_<*`]/g, "\\$&");

function sentence(report: Report): string {
  const finding = findingOf(report);
  if (!finding) return `**${noFinding(report)}**`;
  const where = finding.frame ? frame(finding.frame) : "an unknown place";
  const what = finding.type === null ? "blocks" : escapeMarkdown(finding.type);
  return `**${where} keeps ${finding.perSecond} ${what} a second** (${finding.evidence}).`;
}

function facts({ target, recording }: Report): string {
  return list([
    `pid ${target.pid}, Python ${target.python} ${target.build.join(", ")}, ${target.platform}`,
    `${target.executable}`,
    `${recording.startedAt}, ${span(recording.seconds)}, ${recording.status}`,
  ]);
}

const frame = (of: Frame): string => escapeMarkdown(frameText(of));
const list = (lines: readonly string[]): string =>
  lines.length === 0 ? "Nothing." : lines.map((line) => `- ${escapeMarkdown(line)}`).join("\n");

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
