// A diagnosis in, text of 80 columns out: the verdict, each suspect with its evidence, what was run. Next: a terminal.
import type { DiagnosisDocument, Suspect } from "../../shared/diagnosis-document.ts";
import { type Mutes, muteOf } from "../../shared/mutes.ts";
import { nextOf } from "../../shared/suspect-words.ts";
import { about, blameLine, headline, pathLine, rates, sureness, what } from "./diagnosis-words.ts";
import { frameText } from "./finding.ts";
import type { Line } from "./section.ts";
import { columns, type Paint, textOf, wrap } from "./text-section.ts";
import { span, tail, visible } from "./words.ts";

const mostSuspects = 5;
const mostFrames = 5;
const mostNotes = 8;
const indent = "   ";

export function diagnosisText(document: DiagnosisDocument, paint: Paint, mutes: Mutes | undefined = undefined): string {
  const { notes, steps, notObserved, path, target } = document;
  const rules = mutes?.rules ?? [];
  const suspects = document.suspects.filter((suspect) => !muteOf(rules, suspect));
  const shown = suspects.slice(0, mostSuspects);
  const more = suspects.length - shown.length;
  const lines = [
    ...wrap(textOf(headline(document))).map(paint.strong),
    ...(target
      ? [paint.dim(`pid ${target.pid}  Python ${target.python}  ${visible(tail(target.executable, columns - 30))}`)]
      : []),
    ...shown.flatMap((suspect) => suspectLines(suspect, paint)),
    ...(more > 0 ? [paint.dim(`    and ${more} more (--json has all)`)] : []),
    ...part("Muted", mutes ? mutedText(document.suspects, mutes) : [], paint),
    ...part(
      "Grew, and is no leak",
      notes.slice(0, mostNotes).map(({ kind, sentence }) => `${kind}: ${visible(sentence)}`),
      paint,
    ),
    ...part("What was done", steps.map(stepText), paint),
    ...part("Not observed", notObserved.map(visible), paint),
    "",
    paint.dim(`Kept in ${visible(path)}`),
  ];
  return `${lines.join("\n")}\n`;
}

/** Told apart, and counted in the verdict as all others. */
function mutedText(suspects: readonly Suspect[], { file, rules, problem }: Mutes): readonly string[] {
  if (problem !== null) return [`${visible(file)} is not followed: ${visible(problem)}`];
  const rows = suspects.flatMap((suspect) => {
    const rule = muteOf(rules, suspect);
    return rule ? [`${suspect.rank}. ${textOf(what(suspect))}: ${visible(rule.reason)}`] : [];
  });
  return rows.length === 0 ? [] : [...rows, `by the rules in ${visible(file)}; the verdict stays as it is`];
}

const stepText = ({ at, seconds, did }: DiagnosisDocument["steps"][number]): string =>
  `at ${span(at)}, for ${span(seconds)}: ${visible(did)}`;

function part(title: string, rows: readonly string[], paint: Paint): readonly string[] {
  if (rows.length === 0) return [];
  return ["", paint.strong(title), ...rows.flatMap((row) => wrap(`- ${row}`))];
}

function suspectLines(suspect: Suspect, paint: Paint): readonly string[] {
  const { rank, allocationSite, heldBy, evidence, notObserved } = suspect;
  const row = (name: string, line: Line | string) =>
    wrap(typeof line === "string" ? visible(line) : textOf(line)).map(
      (text, at) => `${indent}${(at === 0 ? name : "").padEnd(11)}${text}`,
    );
  const frames = (allocationSite ?? []).slice(0, mostFrames).map(frameText);
  return [
    "",
    ...wrap(`${rank}. ${textOf(what(suspect))} ${about(suspect)} (${sureness(suspect)})`).map(paint.strong),
    ...row("how fast", rates(suspect)),
    ...row("function", blameLine(suspect)),
    ...frames.flatMap((text, at) => [
      `${indent}${(at === 0 ? "allocated" : "").padEnd(11)}${tail(visible(text), columns - 14)}`,
    ]),
    ...heldBy.flatMap((path) => row("held by", pathLine(path))),
    ...evidence.flatMap((text, at) => row(at === 0 ? "evidence" : "", text)),
    ...notObserved.flatMap((text) => row("not seen", text)),
    ...row("to do", nextOf(suspect)),
  ];
}
