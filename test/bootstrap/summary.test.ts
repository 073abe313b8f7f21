// In: result files of the two runners. Out: proof that the closing line counts them, and counts a runner that died.
import { join } from "node:path";
import { expect, test } from "vitest";
import { closingLine, secondAttempts } from "../../scripts/summary.mjs";
import { folder } from "./checkout.ts";

const unit = {
  numPassedTests: 10,
  numFailedTests: 2,
  testResults: [
    { status: "failed", assertionResults: [] },
    { status: "failed", assertionResults: [1] },
  ],
};
const browser = {
  stats: { expected: 3, unexpected: 1, flaky: 1 },
  errors: [],
  suites: [{ suites: [{ specs: [{ file: "a.spec.ts", title: "now and then", tests: [{ status: "flaky" }] }] }] }],
};

test("passed and failed are summed, with what could not be loaded and what was checked", () => {
  const root = folder({ "a.json": JSON.stringify(unit), "b.json": JSON.stringify(browser) });
  expect(closingLine([join(root, "a.json"), join(root, "b.json")], 1)).toBe("14 passed, 5 failed");
});

test("what passed when it was tried again is named", () => {
  const root = folder({ "b.json": JSON.stringify(browser), "named.json": '["test/a.test.ts > b"]' });
  const named = secondAttempts([join(root, "b.json"), join(root, "gone.json")], join(root, "named.json"));
  expect(named).toEqual(["a.spec.ts > now and then", "test/a.test.ts > b"]);
});

test("a runner without a result has failed", () => {
  const root = folder({ "torn.json": '{"stats":' });
  expect(closingLine([join(root, "gone.json"), join(root, "torn.json")], 0)).toBe("0 passed, 2 failed");
});
