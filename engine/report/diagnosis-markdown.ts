// A diagnosis in, Markdown for a bug report out; nothing in it that comes from the target is markup or a link. Next: an issue tracker.
import type { DiagnosisDocument, Suspect } from "../../shared/diagnosis-document.ts";
import { nextOf } from "../../shared/suspect-words.ts";
import { about, blameLine, headline, pathLine, rates, sureness, what } from "./diagnosis-words.ts";
import { frameText } from "./finding.ts";
import { escapeMarkdown, lineText } from "./markdown.ts";
import { span } from "./words.ts";

const mostSuspects = 10;
const mostFrames = 8;

export function diagnosisMarkdown(document: DiagnosisDocument): string {
  const { suspects, notes, steps, notObserved, target } = document;
  const parts = [
    "# Refscope diagnosis",
    `**${lineText(headline(document))}**`,
    ...(target
      ? [
          list([
            `pid ${target.pid}, Python ${target.python} ${target.build.join(", ")}, ${target.platform}`,
            target.executable,
          ]),
        ]
      : []),
    ...suspects.slice(0, mostSuspects).flatMap(suspectParts),
    ...part(
      "Grew, and is no leak",
      notes.map(({ kind, sentence }) => `${kind}: ${sentence}`),
    ),
    ...part(
      "What was done",
      steps.map(({ at, seconds, did }) => `at ${span(at)}, for ${span(seconds)}: ${did}`),
    ),
    ...part("Not observed", notObserved),
  ];
  return `${parts.join("\n\n")}\n`;
}

const part = (title: string, rows: readonly string[]): readonly string[] =>
  rows.length === 0 ? [] : [`## ${title}`, list(rows)];

const list = (rows: readonly string[]): string => rows.map((row) => `- ${escapeMarkdown(row)}`).join("\n");

function suspectParts(suspect: Suspect): readonly string[] {
  const { rank, allocationSite, heldBy, evidence, notObserved } = suspect;
  const rows = [
    `- how fast: ${rates(suspect)}`,
    `- function: ${lineText(blameLine(suspect))}`,
    ...(allocationSite ?? [])
      .slice(0, mostFrames)
      .map((frame, at) => `${at === 0 ? "- allocated in " : "  - called by "}${escapeMarkdown(frameText(frame))}`),
    ...heldBy.map((path) => `- held by ${lineText(pathLine(path))}`),
    ...evidence.map((text) => `- evidence: ${escapeMarkdown(text)}`),
    ...notObserved.map((text) => `- not observed: ${escapeMarkdown(text)}`),
    `- to do: ${escapeMarkdown(nextOf(suspect))}`,
  ];
  return [`## ${rank}. ${lineText(what(suspect))} ${about(suspect)} (${sureness(suspect)})`, rows.join("\n")];
}
