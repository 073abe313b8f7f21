// In: several setups at once, and setups that died. Out: proof that one works at a time and that a dead one blocks nobody.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withLock } from "../../scripts/setup/lock.mjs";
import { folder, home, put } from "./checkout.ts";

const lockModule = JSON.stringify(join(home, "scripts/setup/lock.mjs"));

/** A process that takes the lock, writes a line, does `inside`, writes another. */
function holder(root: string, inside: string) {
  const program = `import { withLock } from ${lockModule};
    import { appendFileSync } from "node:fs";
    withLock("lock", () => { appendFileSync("log", "in\\n"); ${inside}; appendFileSync("log", "out\\n"); });`;
  return spawn(process.execPath, ["--input-type=module", "-e", program], {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
  });
}

const sleep = (ms: number) => `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${ms})`;

test("five at once go in one after another", async () => {
  const root = folder();
  const all = Array.from({ length: 5 }, () => once(holder(root, sleep(30)), "exit"));
  expect((await Promise.all(all)).map(([code]) => code)).toEqual([0, 0, 0, 0, 0]);
  expect(readFileSync(join(root, "log"), "utf8")).toBe("in\nout\n".repeat(5));
  expect(existsSync(join(root, "lock"))).toBe(false);
});

test("a holder killed inside leaves a lock that five waiters break once each turn", async () => {
  const root = folder();
  const killed = holder(root, `console.log("held"); ${sleep(60_000)}`);
  await once(killed.stdout, "data");
  const waiting = Array.from({ length: 5 }, () => once(holder(root, sleep(10)), "exit"));
  killed.kill("SIGKILL");
  await Promise.all(waiting);
  expect(readFileSync(join(root, "log"), "utf8")).toBe(`in\n${"in\nout\n".repeat(5)}`);
});

test("a pid that came round again is not the owner", () => {
  const root = folder();
  put(root, { "lock/owner": `${process.pid} 1` });
  let done = false;
  withLock(join(root, "lock"), () => {
    done = true;
  });
  expect(done).toBe(true);
});

test("a breaker that died does not block for good", () => {
  const root = folder();
  put(root, { "lock/owner": "4194303 1", "lock.breaker/x": "" });
  spawnSync("touch", ["-d", "1 hour ago", join(root, "lock.breaker")]);
  expect(() => withLock(join(root, "lock"), () => {})).not.toThrow();
});

test("work that throws gives the lock back", () => {
  const root = folder();
  const failing = () =>
    withLock(join(root, "lock"), () => {
      throw new Error("no");
    });
  expect(failing).toThrow("no");
  expect(existsSync(join(root, "lock"))).toBe(false);
});
