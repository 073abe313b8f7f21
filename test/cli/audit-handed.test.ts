// In: a module in which references change hands unseen, right and wrong, and whose callables share one C function; on every CPython here.
// Out: what is wrong, nothing of what is right, a row for each callable.
import { rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { everyPython, half } from "../agent/pythons.ts";
import { auditOf, buildModule, type Caller, marksOf, startCaller } from "./audited-module.ts";
import { home } from "./run-cli.ts";

const planted = marksOf("handed.c");
const calls = 60;
const callers: Caller[] = [];
afterEach(async () => {
  await wait(500); // Frida's last threads are still leaving the process.
  for (const { child } of callers.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const withHeaders = half(
  0,
  everyPython.filter(({ start: [path] }) => path.includes("/versions/")),
);

describe.each(withHeaders)("CPython $name", ({ start: [python], name }) => {
  async function audited(...words: readonly string[]) {
    const caller = await startCaller(python, "call_handed.py", buildModule(python, `handed-${name}`, "handed.c"));
    callers.push(caller);
    const groups = words.filter((word) => !word.startsWith("--"));
    const options = words.filter((word) => word.startsWith("--"));
    const result = await auditOf(caller.pid, ["handed", ...options], async () => {
      for (const group of groups) await caller.say(`${group} ${calls}`);
    });
    await caller.say(`${groups[0]} 1`);
    return { ...result, told: result.found.map((row) => `${row.function} ${row.rule} ${row.line}`) };
  }

  test("references that are handed on in order: nothing is found", async () => {
    const { told, document } = await audited("good", "good");
    expect(told).toEqual([]);
    const called = document.references.modules[0]?.functions.filter((row) => row.calls >= calls).length;
    expect(called).toBe(10);
  });

  test("what is not the function's to release is found over many calls", async () => {
    const { told } = await audited("bad", "bad");
    expect(told.sort()).toEqual(["dropped", "packed", "twice"].map((of) => `${of} ${planted.get(of)}`));
  });

  test("the only reference: found at once, and the guard keeps the process alive", async () => {
    const { found } = await audited("killed", "--guard");
    expect(found).toMatchObject([{ rule: "over-release", function: "killed", count: calls, guarded: calls }]);
  });

  test("callables that share a C function: a row each, by the name they are bound to", async () => {
    const { found, document } = await audited("shared");
    expect(found).toMatchObject([{ rule: "leaked-reference", function: "leaking", type: "str", count: calls }]);
    const rows = document.references.modules[0]?.functions.map((row) => `${row.function} ${row.calls}`).sort();
    expect(rows).toEqual([`Box.length ${calls}`, `Box.size ${calls}`, `clean ${2 * calls}`, `leaking ${calls}`]);
  });
});
