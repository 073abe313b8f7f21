// A comparison in, JUnit's XML out, as Jenkins, GitLab and GitHub's test reporters read it: one test case a row. Next: cli/verbs/compare.ts.
import type { Comparison, ComparisonRow } from "../../shared/comparison-document.ts";
import { frameText } from "./finding.ts";
import { rate, visible } from "./words.ts";

const suiteName = "refscope compare";

export function comparisonJunit(comparison: Comparison): string {
  const { verdict, rows, reasons, b } = comparison;
  const cases = verdict === "incomparable" ? [errorCase(reasons)] : [...rows.map(rowCase), ...nothingCase(rows)];
  const counts = {
    tests: cases.length,
    failures: rows.filter(isFailure).length,
    errors: verdict === "incomparable" ? 1 : 0,
    time: b.seconds.toFixed(3),
  };
  const attributes = attributesOf(counts);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${suiteName}" ${attributes}>`,
    `<testsuite name="${suiteName}" ${attributes} timestamp="${escaped(b.startedAt.replace(/\..*$/, ""))}">`,
    ...cases,
    "</testsuite>",
    "</testsuites>\n",
  ].join("\n");
}

const isFailure = ({ verdict }: ComparisonRow): boolean => verdict === "worse" || verdict === "new-leak";

function rowCase(row: ComparisonRow): string {
  const [frame] = row.site;
  const name = `${row.type ?? "memory"} in ${frame?.function ?? "an unknown place"}`;
  const attributes = attributesOf({ name, classname: frame?.file ?? "?", time: "0" });
  if (!isFailure(row)) return `<testcase ${attributes}/>`;
  const message = `${row.verdict}: ${rate(row.a)} → ${rate(row.b)} ${row.unit}`;
  const stack = row.site.map(frameText).join("\n");
  return `<testcase ${attributes}><failure ${attributesOf({ type: row.verdict, message })}>${escaped(stack)}</failure></testcase>`;
}

/** A suite without a case is an error to some readers. */
const nothingCase = (rows: readonly ComparisonRow[]): readonly string[] =>
  rows.length > 0 ? [] : [`<testcase ${attributesOf({ name: "nothing grows", classname: "refscope", time: "0" })}/>`];

function errorCase(reasons: readonly string[]): string {
  const message = reasons.join(" ");
  return `<testcase ${attributesOf({ name: "comparable", classname: "refscope", time: "0" })}><error ${attributesOf({ type: "incomparable", message })}/></testcase>`;
}

const attributesOf = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(" ");

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** XML has no way to write most control characters: `visible` writes them in letters. */
const escaped = (text: string): string =>
  text
    .split("\n")
    .map((line) => visible(line).replace(/[&<>"']/g, (found) => entities[found] ?? ""))
    .join("\n");
