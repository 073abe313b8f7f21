// In: tests as vitest reports them. Out: the names of those that passed only when they were tried again, in a file that summary.mjs reads.
// A default export: vitest loads a reporter by its path.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("../.cache/results/second-attempts.json", import.meta.url));

/** @implements {Partial<import("vitest/node").Reporter>} */
export default class SecondAttempts {
  /** @type {string[]} */
  #names = [];

  /** @param {import("vitest/node").TestCase} test */
  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky) this.#names.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd() {
    writeFileSync(file, JSON.stringify(this.#names));
  }
}
