// A report in, text of 80 columns out: the finding, sites, types, GIL, errors, what was lost. The CLI's paint gives the colours. Next: a terminal.
import type { AuditDocument } from "../../shared/audit-result.ts";
import type { Report, SiteRow, TypeRow } from "../../shared/documents.ts";
import { auditSection } from "./audit-section.ts";
import { findingOf, frameText, losses, noFinding } from "./finding.ts";
import { hasLifecycle, sectionsOf } from "./sections.ts";
import { columns, type Paint, sectionLines, wrap } from "./text-section.ts";
import { byteSize, head, rate, signed, span, tail, visible, whole } from "./words.ts";

export const plain: Paint = { strong: (text) => text, dim: (text) => text };

const topSites = 10;
const topTypes = 10;
const topFrames = 4;
const sectionFrames = 2;

export function reportText(report: Report, paint: Paint = plain): string {
  const lifecycle = hasLifecycle(report);
  const blocks = [
    ...(lifecycle ? headline(report, paint) : []),
    ...facts(report).map(paint.dim),
    ...(lifecycle ? growth(report, paint) : []),
    ...sectionsOf(report, { rows: topSites, frames: sectionFrames }).flatMap((section) => sectionLines(section, paint)),
    ...lost(report, paint),
  ];
  return `${blocks.join("\n").replace(/^\n+/, "")}\n`;
}

const growth = ({ lifecycle: { sites, types } }: Report, paint: Paint): readonly string[] => [
  "",
  paint.strong("Sites, steadiest growth first"),
  siteHeader(paint),
  ...sites.slice(0, topSites).flatMap((site) => siteLines(site, paint)),
  ...more(sites.length, topSites, paint),
  "",
  paint.strong("Types"),
  typeHeader(paint),
  ...types.slice(0, topTypes).map(typeLine),
  ...more(types.length, topTypes, paint),
];

function headline(report: Report, paint: Paint): readonly string[] {
  const finding = findingOf(report);
  if (!finding) return [paint.strong(noFinding(report))];
  const where = finding.frame ? named(finding.frame) : "an unknown place";
  const what = finding.type === null ? "blocks" : `\`${visible(finding.type)}\``;
  return [
    ...wrap(`${where} keeps ${finding.perSecond} ${what} a second`).map(paint.strong),
    ...wrap(`(${finding.evidence}).`),
  ];
}

const named = (frame: SiteRow["frames"][number]): string =>
  visible(frameText({ ...frame, function: `\`${frame.function}\`` }));

function facts({ target, recording }: Report): readonly string[] {
  const python = `Python ${target.python}${target.build.length > 0 ? ` (${target.build.join(", ")})` : ""}`;
  const lines = [
    "",
    visible(`pid ${target.pid}  ${python}  ${target.executable}`),
    visible(`${recording.startedAt}  ${span(recording.seconds)}  ${recording.status}`),
  ];
  return lines.map((line) => head(line, columns));
}

const siteHeader = (paint: Paint) =>
  paint.dim(`${"/s".padStart(10)} ${"bytes/s".padStart(11)} ${"live".padStart(11)} ${"size".padStart(10)}  type`);

function siteLines(site: SiteRow, paint: Paint): readonly string[] {
  const numbers = `${signed(rate(site.growthPerSecond)).padStart(10)} ${signed(byteSize(site.bytesPerSecond)).padStart(11)} ${whole(site.live).padStart(11)} ${byteSize(site.liveBytes).padStart(10)}`;
  const type = site.type === null ? `(${site.domain} memory)` : visible(site.type);
  const frames = site.frames
    .slice(0, topFrames)
    .map((frame) => paint.dim(`    ${tail(visible(frameText(frame)), columns - 4)}`));
  return [head(`${numbers}  ${type}`, columns), ...(frames.length > 0 ? frames : [paint.dim("    (no frame known)")])];
}

const typeHeader = (paint: Paint) =>
  paint.dim(`${"/s".padStart(10)} ${"allocated".padStart(11)} ${"live".padStart(11)} ${"size".padStart(10)}  type`);

function typeLine(row: TypeRow): string {
  const numbers = `${signed(rate(row.growthPerSecond)).padStart(10)} ${whole(row.allocated).padStart(11)} ${whole(row.live).padStart(11)} ${byteSize(row.liveBytes).padStart(10)}`;
  return head(`${numbers}  ${visible(row.type)}`, columns);
}

const more = (of: number, shown: number, paint: Paint): readonly string[] =>
  of > shown ? [paint.dim(`    and ${whole(of - shown)} more (--json has all)`)] : [];

function lost(report: Report, paint: Paint): readonly string[] {
  const dropped = losses(report);
  const unseen = report.recording.notObserved.map(visible);
  return [
    "",
    ...(dropped.length > 0 ? dropped.map(paint.strong) : ["Nothing was dropped."]),
    ...(unseen.length > 0 ? [paint.strong("Not observed"), ...unseen.flatMap((text) => wrap(`- ${text}`))] : []),
  ];
}

/** What an audit found, by itself. */
export function auditText({ references, errors, notObserved, path }: AuditDocument, paint: Paint = plain): string {
  const section = auditSection(references, errors.findings, { rows: topSites, frames: sectionFrames });
  // Its title says what was asked for.
  const [, , ...lines] = sectionLines(section, paint);
  const unseen = notObserved.flatMap((text) => wrap(`- ${visible(text)}`));
  const beside = unseen.length > 0 ? ["", paint.strong("Not observed"), ...unseen] : [];
  return `${[...lines, ...beside, "", paint.dim(`Kept in ${visible(path)}`)].join("\n")}\n`;
}
