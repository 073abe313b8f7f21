// A report in; the sections on what it collected besides the lifecycle of objects, out. Next: text.ts, markdown.ts, html.ts.
import type { Report } from "../../shared/documents.ts";
import { audited, auditSection } from "./audit-section.ts";
import { diagnosisSection } from "./diagnosis-section.ts";
import { errorsSection } from "./errors-section.ts";
import { gilSection } from "./gil-section.ts";
import { marksSection } from "./marks-section.ts";
import type { Room, Section } from "./section.ts";

export const sectionsOf = (report: Report, room: Room): readonly Section[] => [
  ...(report.diagnosis ? [diagnosisSection(report.diagnosis, room)] : []),
  ...(report.intervals ? [marksSection(report.intervals, room)] : []),
  ...(report.gil ? [gilSection(report.gil, room)] : []),
  ...(report.references ? [auditSection(report.references, audited(report), room)] : []),
  ...(report.errors && report.recording.collected.includes("errors") ? [errorsSection(report.errors, room)] : []),
];

/** Without it the tables of types and sites are empty because nobody looked, and are left out. */
export const hasLifecycle = ({ recording }: Report): boolean => recording.collected.includes("lifecycle");
