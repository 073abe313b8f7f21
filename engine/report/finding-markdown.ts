// A finding as a screen says it, and what was recorded, in; Markdown for a bug report out. Used by engine/library/markdown.ts.
import type { RecordingTold } from "../../shared/documents.ts";
import type { FindingText } from "../../shared/finding-markdown.ts";
import { frameText, losses } from "./finding.ts";
import { escapeMarkdown } from "./markdown.ts";
import { span, whole } from "./words.ts";

export type Told = Pick<RecordingTold, "target" | "recording">;

export function findingMarkdown({ what, evidence, confidence, frames }: FindingText, told: Told): string {
  const parts = [
    "# Refscope finding",
    `**${escapeMarkdown(what)}**`,
    list([...factsOf(told), ...(confidence === null ? [] : [`how sure: ${confidence}`])]),
    ...section("Evidence", evidence),
    ...section("Where, innermost call first", frames.map(frameText)),
    "## Lost and not observed",
    list([...lost(told), ...told.recording.notObserved]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function factsOf({ target, recording }: Told): readonly string[] {
  const events = Object.entries(recording.produced).filter(([, produced]) => produced > 0);
  return [
    `Python ${target.python} ${target.build.join(", ")}, ${target.platform}`,
    target.executable,
    `${recording.startedAt}, ${span(recording.seconds)}, ${recording.status}`,
    ...(events.length === 0 ? [] : [`events: ${events.map(([kind, count]) => `${whole(count)} ${kind}`).join(", ")}`]),
  ];
}

function lost({ recording }: Told): readonly string[] {
  const dropped = losses({ recording });
  return dropped.length > 0 ? dropped : ["Nothing was dropped."];
}

const section = (title: string, rows: readonly string[]): readonly string[] =>
  rows.length === 0 ? [] : [`## ${title}`, list(rows)];

const list = (rows: readonly string[]): string => rows.map((row) => `- ${escapeMarkdown(row)}`).join("\n");
