// The errors' part of a report in; its section out: what is raised most, what gets lost and what to do, then the tables. Next: section.ts.
import type { ErrorsReport, Finding } from "../../shared/documents.ts";
import { callTable } from "./call-table.ts";
import { framePiece, placeOf, times } from "./pieces.ts";
import type { Line, Room, Section, SectionTable } from "./section.ts";
import { rate, whole } from "./words.ts";

/** Fewer a second cost nothing that one would notice. */
const manyPerSecond = 1000;

export function errorsSection(errors: ErrorsReport, room: Room): Section {
  return {
    title: "Errors",
    sentences: [...mostRaised(errors), ...lost(errors)],
    tables: [raisedTable(errors, room), findingTable(errors, room), callTable(errors.calls, room)].filter(
      ({ rows }) => rows.length > 0,
    ),
  };
}

function mostRaised({ raised }: ErrorsReport): readonly Line[] {
  const [first] = raised;
  if (!first) return [["No exception was raised."]];
  const all = raised.reduce((sum, { count }) => sum + count, 0);
  const part = `${whole(first.count)} of ${whole(all)} exceptions, ${rate(first.perSecond)} a second.`;
  return [
    [{ name: first.type }, " is raised most, at ", ...placeOf(first.frames), `: ${part}`],
    ...(first.perSecond >= manyPerSecond
      ? [["What to do: test before, instead of catching after, where it is this hot."]]
      : []),
  ];
}

function lost({ findings }: ErrorsReport): readonly Line[] {
  const first = findings.find(({ rule }) => rule === "error-overwritten");
  if (!first) return [];
  return [
    [
      ...placeOfFinding(first),
      " set a new error over one that was set, ",
      ...(first.type === null ? [] : ["a ", { name: first.type }, ", "]),
      `${times(first.count)}.`,
    ],
    ["What to do: check the result of each call there, and return at the first error."],
  ];
}

/** The extension's function; where Python called it is in the table. */
const placeOfFinding = (finding: Finding): Line => [{ name: finding.function }, " in ", { name: finding.module }];

const raisedTable = ({ raised }: ErrorsReport, { rows, frames }: Room): SectionTable => ({
  title: "Raised, the most frequent first",
  header: ["count", "/s", "chained", "type", "where"],
  textFrom: 3,
  of: raised.length,
  rows: raised
    .slice(0, rows)
    .map((row) => [
      [[whole(row.count)]],
      [[rate(row.perSecond)]],
      [[whole(row.chained)]],
      [[{ name: row.type }], ...(row.message === null ? [] : [[{ name: row.message }]])],
      row.frames.length === 0 ? [["unknown"]] : row.frames.slice(0, frames).map((frame) => [framePiece(frame)]),
    ]),
});

const findingTable = ({ findings }: ErrorsReport, { rows }: Room): SectionTable => ({
  title: "Cleared and overwritten",
  header: ["count", "rule", "type", "where"],
  textFrom: 1,
  of: findings.length,
  rows: findings
    .slice(0, rows)
    .map((finding) => [
      [[whole(finding.count)]],
      [[finding.rule]],
      [finding.type === null ? ["—"] : [{ name: finding.type }]],
      [placeOfFinding(finding), ...calledAt(finding)],
    ]),
});

const calledAt = ({ file, line, module }: Finding): readonly Line[] => {
  if (file === null || (file === module && line === null)) return [];
  return [["called at ", { name: line === null ? file : `${file}:${line}` }]];
};
