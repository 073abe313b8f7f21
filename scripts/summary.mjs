// In: the result files of vitest and Playwright, and how many checks failed. Out: `N passed, N failed`, the last line of a full
// run. A runner that left no file died before it could count: that is one failure.
import { readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number }} Tally */
/** @typedef {{ stats: { expected: number, unexpected: number, flaky: number }, errors: readonly unknown[] }} Played */
/** @typedef {{ numPassedTests: number, numFailedTests: number, testResults: readonly { status: string, assertionResults: readonly unknown[] }[] }} Tested */
/** @typedef {Played | Tested} Result */
/** @typedef {{ specs?: readonly { file: string, title: string, tests: readonly { status: string }[] }[], suites?: readonly Suite[] }} Suite */

/** @param {string} file @returns {Tally} */
function tally(file) {
  try {
    return countIn(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** vitest counts at the top (a file that could not be loaded has failed without a test in it); Playwright keeps `stats`. @param {Result} result @returns {Tally} */
function countIn(result) {
  if ("stats" in result)
    return {
      passed: result.stats.expected + result.stats.flaky,
      failed: result.stats.unexpected + result.errors.length,
    };
  const files = result.testResults;
  const unloaded = files.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  return { passed: result.numPassedTests, failed: result.numFailedTests + unloaded };
}

/** What failed first and passed when it was tried again: to be looked at. @param {readonly string[]} files of results @param {string} named what second-attempts.mjs wrote */
export function secondAttempts(files, named) {
  return [...files.flatMap((file) => flakyIn(parsed(file)?.suites ?? [])), ...(parsed(named) ?? [])];
}

/** @param {readonly Suite[]} suites @returns {readonly string[]} */
const flakyIn = (suites) =>
  suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === "flaky"))
      .map(({ file, title }) => `${file} > ${title}`),
    ...flakyIn(inner),
  ]);

/** @param {string} file */
function parsed(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {readonly string[]} files @param {number} failedChecks */
export function closingLine(files, failedChecks) {
  const tallies = files.map(tally);
  const passed = tallies.reduce((sum, one) => sum + one.passed, 0);
  const failed = tallies.reduce((sum, one) => sum + one.failed, failedChecks);
  return `${passed} passed, ${failed} failed`;
}
