// Codes with values in; a cause, a fix and an exit code out.
import { expect, test } from "vitest";
import { exitCodes, fail, failed, failure, failureCodes, ok } from "./failures.ts";

test("the words are filled in", () => {
  expect(failure("no-such-process", { pid: 42 })).toEqual({
    code: "no-such-process",
    cause: "no process has the pid 42",
    fix: "Run `refscope ps` to list Python processes.",
    exit: 3,
  });
});

test("a name without a value stays visible", () => {
  expect(failure("no-such-process").cause).toContain("{pid}");
});

test("a value is never read as a name", () => {
  expect(failure("no-recording", { path: "{path} $& $1" }).cause).toBe("there is no recording at {path} $& $1");
});

test("every row has a cause, a fix and an exit code of the contract", () => {
  const exits: readonly number[] = Object.values(exitCodes);
  for (const code of failureCodes) expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
  expect(exits).toContain(failure("bug", { what: "x" }).exit);
  expect(new Set(failureCodes).size).toBe(failureCodes.length);
});

test("results", () => {
  const one = fail("usage", { what: "no" });
  expect(ok(5)).toEqual({ ok: true, value: 5 });
  expect(one).toMatchObject({ ok: false, failure: { code: "usage", exit: 2 } });
  expect(failed(failure("usage", { what: "no" }))).toEqual(one);
});
