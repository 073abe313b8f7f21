// A report and a filter in; the report with the rows that stay, and how many of how many these are, out. Next: verbs/report.ts.
import type { Report } from "../shared/documents.ts";
import { fail, ok, type Result } from "../shared/failures.ts";
import { intervalFields, raisedFields, siteFields, threadFields, typeFields } from "../shared/filter/fields.ts";
import { type Fields, fieldsNamed, filterOf, problemWords } from "../shared/filter/filter.ts";

export interface Filtered {
  readonly report: Report;
  /** "3 of 240 sites, 1 of 80 types" */
  readonly stays: string;
}

/** A list that lacks a field of the filter stays as it is: `-thread:gc` is not about sites. */
export function filteredReport(report: Report, filter: string): Result<Filtered> {
  const problem = problemOf(filter);
  if (problem !== undefined) return fail("usage", { what: `--filter: ${problem}` });
  const said: string[] = [];
  const rows = <T>(name: string, fields: Fields<T>, all: T[]): T[] => {
    if (!hasAll(filter, fields)) return all;
    const stays = all.filter(filterOf(filter, fields).keeps);
    if (all.length > 0) said.push(`${stays.length} of ${all.length} ${name}`);
    return stays;
  };
  const { lifecycle, gil, errors, intervals } = report;
  const sites = rows("sites", siteFields, lifecycle.sites);
  const types = rows("types", typeFields, lifecycle.types);
  const threads = rows("threads", threadFields, gil?.threads ?? []);
  const raised = rows("errors", raisedFields, errors?.raised ?? []);
  const between = rows("rows between marks", intervalFields, intervals?.rows ?? []);
  const shown = {
    ...report,
    lifecycle: { sites, types },
    ...(gil && { gil: { ...gil, threads } }),
    ...(intervals && { intervals: { ...intervals, rows: between } }),
    ...(errors && { errors: { ...errors, raised } }),
  };
  return ok({ report: shown, stays: said.join(", ") || "no list here has these fields" });
}

const lists: readonly ((filter: string) => string | undefined)[] = [
  (filter) => problemIn(filter, siteFields),
  (filter) => problemIn(filter, typeFields),
  (filter) => problemIn(filter, threadFields),
  (filter) => problemIn(filter, raisedFields),
  (filter) => problemIn(filter, intervalFields),
];

/** Undefined when one list at least understands all of it. */
function problemOf(filter: string): string | undefined {
  const problems = lists.map((problem) => problem(filter));
  return problems.includes(undefined) ? undefined : (problems[nearest(filter)] ?? problems[0]);
}

/** What is told is told of the list that has the fields. */
const nearest = (filter: string): number =>
  Math.max(
    0,
    [siteFields, typeFields, threadFields, raisedFields, intervalFields].findIndex((fields) => hasAll(filter, fields)),
  );

const hasAll = (filter: string, fields: object): boolean =>
  fieldsNamed(filter).every((name) => Object.hasOwn(fields, name));

function problemIn<T>(filter: string, fields: Fields<T>): string | undefined {
  const { problems } = filterOf(filter, fields);
  return problems.length === 0 ? undefined : problemWords(problems);
}
