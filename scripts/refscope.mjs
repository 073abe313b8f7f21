// In: the word of an npm script and what follows it. Out: the checkout set up, and the task run under the pinned Node with
// its exit code passed on. Next: scripts/setup.mjs, then the programs in the table below.
import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { printFailure } from "./setup/failure.mjs";
import { hostNode } from "./setup/node-modules.mjs";
import { setUp } from "./setup.mjs";
import { closingLine, secondAttempts } from "./summary.mjs";

/** @typedef {{ name: string, words: readonly string[], results?: string }} Program */

const root = resolve(fileURLToPath(import.meta.url), "../..");
const results = ".cache/results";
const vitest = ["node_modules/vitest/vitest.mjs", "run"];

/** @type {readonly Program[]} */
const checks = [
  { name: "types", words: ["node_modules/typescript7/bin/tsc", "-b"] },
  { name: "lint and format", words: ["node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings"] },
  { name: "walls", words: ["scripts/check-walls.mjs"] },
  { name: "style", words: ["scripts/check-style.mjs"] },
  { name: "unused code", words: ["node_modules/knip/bin/knip.js"] },
];

/** @type {readonly Program[]} */
const tests = [
  {
    name: "tests",
    words: [
      ...vitest,
      "--reporter=default",
      "--reporter=json",
      "--reporter=scripts/second-attempts.mjs",
      `--outputFile.json=${results}/vitest.json`,
    ],
    results: `${results}/vitest.json`,
  },
  {
    name: "browser tests",
    words: ["node_modules/@playwright/test/cli.js", "test"],
    results: `${results}/playwright.json`,
  },
];

/** @param {string} node */
function environment(node) {
  const path = [dirname(node), join(root, "node_modules/.bin"), process.env.PATH ?? ""].join(delimiter);
  return { ...process.env, PATH: path };
}

/** A terminal sends Ctrl-C to the whole group, the child included: we only wait. Another signal reaches us alone. @param {readonly string[]} words @returns {Promise<number>} */
function run(words) {
  const node = hostNode(root);
  const child = spawn(node, words, { cwd: root, stdio: "inherit", env: environment(node) });
  const wait = () => {};
  const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on("SIGINT", wait).on("SIGTERM", pass).on("SIGHUP", pass);
  return new Promise((done, broken) => {
    child.on("error", broken);
    child.on("exit", (code, signal) => {
      process.off("SIGINT", wait).off("SIGTERM", pass).off("SIGHUP", pass);
      done(signal ? 128 + constants.signals[signal] : (code ?? 70));
    });
  });
}

/** Runs all of them even after one failed, to show everything at once. @param {readonly Program[]} programs @returns {Promise<readonly string[]>} the names of those that failed */
async function runAll(programs) {
  const failed = [];
  for (const { name, words } of programs) {
    process.stderr.write(`\nrefscope: ${name}\n`);
    const code = await run(words);
    if (code > 128) process.exit(code);
    if (code !== 0) failed.push(name);
  }
  if (failed.length > 0) process.stderr.write(`\nrefscope: failed: ${failed.join(", ")}\n`);
  return failed;
}

async function check() {
  const quick = { name: "unit tests", words: [...vitest, "--project", "unit"] };
  return (await runAll([...checks, quick])).length === 0 ? 0 : 1;
}

async function test() {
  rmSync(join(root, results), { recursive: true, force: true });
  mkdirSync(join(root, results), { recursive: true });
  const failedChecks = await runAll(checks);
  const failedTests = await runAll(tests);
  const files = tests.flatMap((one) => one.results ?? []).map((file) => join(root, file));
  for (const name of secondAttempts(files, join(root, results, "second-attempts.json")))
    process.stdout.write(`\npassed at the second attempt only: ${name}\n`);
  process.stdout.write(`\n${closingLine(files, failedChecks.length)}\n`);
  return failedChecks.length + failedTests.length === 0 ? 0 : 1;
}

/** @type {Readonly<Record<string, (rest: readonly string[]) => Promise<number> | number>>} */
const tasks = {
  setup: () => 0,
  start: (rest) => run(["cli/main.ts", "serve", "--open", ...rest]),
  demo: (rest) => run(["cli/main.ts", "demo", ...rest]),
  check,
  test,
  bench: (rest) => run(["bench/run.ts", ...rest]),
};

const [word = "start", ...rest] = process.argv.slice(2);
const task = Object.hasOwn(tasks, word) ? tasks[word] : undefined;
if (!task) {
  process.stderr.write(`refscope: usage: there is no task ${word}. Use one of ${Object.keys(tasks).join(", ")}.\n`);
  process.exitCode = 2;
} else {
  try {
    setUp(root);
    process.exitCode = await task(rest);
  } catch (error) {
    process.exitCode = printFailure(error);
  }
}
