// In: result files of the two runners. Out: proof that the closing line counts them, and counts a runner that died.
import { join } from "node:path";
import { expect, test } from "vitest";
import { closingLine } from "../../scripts/summary.mjs";
import { folder } from "./checkout.ts";

const unit = {
  numPassedTests: 10,
  numFailedTests: 2,
  testResults: [
    { status: "failed", assertionResults: [] },
    { status: "failed", assertionResults: [1] },
  ],
};
const browser = { stats: { expected: 3, unexpected: 0, flaky: 1 }, errors: [] };

test("passed and failed are summed, with what could not be loaded, what failed once and what was checked", () => {
  const root = folder({ "a.json": JSON.stringify(unit), "b.json": JSON.stringify(browser) });
  expect(closingLine([join(root, "a.json"), join(root, "b.json")], 1)).toBe("13 passed, 5 failed");
});

test("a runner without a result has failed", () => {
  const root = folder({ "torn.json": '{"stats":' });
  expect(closingLine([join(root, "gone.json"), join(root, "torn.json")], 0)).toBe("0 passed, 2 failed");
});
