// What an audit found in; its section out: each finding in a sentence with its line and what to do, the worst first, then what each
// function keeps. Next: section.ts.
import type { AbiModule } from "../../shared/abi-document.ts";
import type { AuditedFunction, AuditedModule, AuditFinding, ReferencesReport } from "../../shared/audit-document.ts";
import type { Report } from "../../shared/documents.ts";
import { severity } from "../../shared/rules.ts";
import { times } from "./pieces.ts";
import type { Line, Room, Section, SectionTable } from "./section.ts";
import { rate, whole } from "./words.ts";

const fewNames = 5;
/** What a cache keeps of its first calls is in the document, and not worth a row. */
const leastSure = 0.05;

/** Of a report, those on the error indicator that an audit made: the others know no rule's section. */
export function audited(report: Report): readonly AuditFinding[] {
  return (report.errors?.findings ?? []).filter((finding): finding is AuditFinding => "sentence" in finding);
}

export function auditSection(
  { modules, findings }: ReferencesReport,
  ofErrors: readonly AuditFinding[],
  room: Room,
): Section {
  const all = [...findings, ...ofErrors].sort((a, b) => severity(a.rule) - severity(b.rule) || b.count - a.count);
  return {
    title: "Extension modules",
    sentences: [...modules.flatMap(moduleLines), ...findingLines(all.slice(0, room.rows)), ...more(all, room)],
    tables: [
      ...modules.map((module) => keepsTable(module, room)),
      ...modules.map((module) => missedTable(module, room)),
    ].filter(({ rows }) => rows.length > 0),
  };
}

function moduleLines({ module, entryPoints, functions, missed, abi }: AuditedModule): readonly Line[] {
  if (entryPoints === null) return [[{ name: module }, " was not imported while it was waited for."]];
  const called = new Map(functions.map((row) => [row.function, row.calls]));
  const calls = [...called.values()].reduce((sum, count) => sum + count, 0);
  const unseen = missed.reduce((sum, row) => sum + row.calls, 0);
  return [
    [
      { name: module },
      `: ${whole(called.size)} of ${whole(entryPoints)} functions were called, ${times(calls)} in all.`,
    ],
    ...(unseen > 0 ? [[`It called the C API ${times(unseen)} from functions that could not be followed.`]] : []),
    ...(abi === null ? [] : abiLines(abi)),
  ];
}

/** What would break where, of its functions the first few. */
function abiLines({ api, stableAbi, builtFor, breaksOn, removed, private: own }: AbiModule): readonly Line[] {
  const functions = api === "full" ? "the full C API" : "functions of the limited API alone";
  const which = stableAbi
    ? "the stable ABI"
    : `${functions}${builtFor === null ? "" : `, built for CPython ${builtFor}`}`;
  const gone = removed
    .slice(0, fewNames)
    .flatMap(({ function: name, since }): Line => [{ name }, ` is gone from ${since} on`, ", "]);
  const breaks: Line = breaksOn.length === 0 ? [] : [`; it fails on ${breaksOn.join(", ")}`];
  const why: Line = gone.length === 0 ? [] : [": ", ...gone.slice(0, -1)];
  const privates = own
    .slice(0, fewNames)
    .flatMap((name): Line => [{ name }, ", "])
    .slice(0, -1);
  const others = own.length > fewNames ? ` and ${whole(own.length - fewNames)} more` : "";
  return [
    [`Its file uses ${which}`, ...breaks, ...why, "."],
    ...(privates.length > 0 ? [["Private functions it uses: ", ...privates, `${others}.`]] : []),
  ];
}

/** What to do is said once for all that break the same rule. */
function findingLines(all: readonly AuditFinding[]): readonly Line[] {
  return all.flatMap((finding, at) => {
    const { rule, fix, documentation } = finding;
    const todo = `What to do: ${fix} (${documentation.title}, ${documentation.url})`;
    return all[at + 1]?.rule === rule ? [findingLine(finding)] : [findingLine(finding), [todo]];
  });
}

/** The sentence begins with the function, which is the target's word; what follows is ours and names of types. */
function findingLine({ sentence, file, line, count, rule }: AuditFinding): Line {
  const place: Line = file === null ? [] : [" At ", { name: line === null ? file : `${file}:${line}` }, "."];
  return [`${rule}: `, { name: sentence }, ` Seen ${times(count)}.`, ...place];
}

const more = (all: readonly AuditFinding[], { rows }: Room): readonly Line[] => {
  if (all.length === 0) return [["No rule of the C API was seen broken, and no reference was kept at each call."]];
  return all.length > rows ? [[`And ${whole(all.length - rows)} more (--json has all).`]] : [];
};

function keepsTable({ functions }: AuditedModule, { rows }: Room): SectionTable {
  const keeping = functions.filter(({ keepsPerCall, confidence }) => keepsPerCall !== 0 && confidence >= leastSure);
  return {
    title: "Kept by a call, the surest leaks first",
    header: ["a call", "calls", "sure", "type", "what", "function"],
    textFrom: 3,
    of: keeping.length,
    rows: keeping
      .slice(0, rows)
      .map((row) => [
        [[signed(row.keepsPerCall)]],
        [[whole(row.calls)]],
        [[`${Math.round(row.confidence * 100)} %`]],
        [row.type === null ? ["—"] : [{ name: row.type }]],
        [whatOf(row)],
        [
          [{ name: row.function }],
          ...(row.file === null ? [] : [["at ", { name: `${row.file}:${row.line}` }] as const]),
        ],
      ]),
  };
}

const whatOf = ({ role, api }: AuditedFunction): Line => [{ name: api ?? role ?? "—" }];
const signed = (value: number): string => (value > 0 ? `+${rate(value)}` : rate(value));

const missedTable = ({ missed }: AuditedModule, { rows }: Room): SectionTable => ({
  title: "Calls of the C API from functions that were not followed",
  header: ["calls", "C API", "from"],
  textFrom: 1,
  of: missed.length,
  rows: missed
    .slice(0, rows)
    .map((row) => [[[whole(row.calls)]], [[{ name: row.api }]], [[{ name: row.function ?? "an unknown function" }]]]),
});
