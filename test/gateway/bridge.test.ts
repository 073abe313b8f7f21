// What only the bridge can do wrong: its process, or the one that started it, is killed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, expect, it, vi } from "vitest";
import { openBridge } from "../../engine/gateway/bridge.ts";
import { bridgePython } from "../../engine/gateway/places.ts";
import { echo, listener, load } from "./agents.ts";
import { startTarget, type Target } from "./targets.ts";
import { failureOf, value } from "./value.ts";

const patience = { timeout: 20_000, interval: 20 };
const python = bridgePython() ?? "python3";
const targets: Target[] = [];
const folder = mkdtempSync(join(tmpdir(), "refscope-bridge-"));
afterEach(async () => {
  await Promise.all(targets.splice(0).map((target) => target.end()));
});

async function target(): Promise<Target> {
  const started = await startTarget();
  targets.push(started);
  return started;
}
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const signal = (pid: number | undefined, name: NodeJS.Signals) => process.kill(pid ?? 0, name);

it("fails everything that waits when the bridge is killed, and leaves the target alone", async () => {
  const gateway = value(await openBridge(python));
  const attached = await target();
  const session = value(await gateway.attach(attached.pid));
  const { script } = await load(session, echo);
  const waiting = [script.call("never", []), script.call("never", [])];
  signal(gateway.bridgePid, "SIGKILL");
  expect(await gateway.lost).toContain("SIGKILL");
  expect(await session.detached).toBe("gateway-lost");
  expect((await Promise.all(waiting)).map((result) => failureOf(result).code)).toEqual([
    "gateway-lost",
    "gateway-lost",
  ]);
  expect(failureOf(await gateway.attach(attached.pid)).code).toBe("gateway-lost");
  expect(failureOf(await session.loadScript(echo, listener())).code).toBe("gateway-lost");
  await gateway.close();
  await sleep(300);
  expect(attached.state()).toMatch(/[SR]/);
});

it("goes on when Ctrl-C reaches the whole process group, and ends in order on SIGTERM", async () => {
  const gateway = value(await openBridge(python));
  const attached = await target();
  const session = value(await gateway.attach(attached.pid));
  const { script } = await load(session, echo);
  signal(gateway.bridgePid, "SIGINT");
  signal(gateway.bridgePid, "SIGHUP");
  await sleep(100);
  expect(value(await script.call("echo", [1])).value).toBe(1);
  signal(gateway.bridgePid, "SIGTERM");
  expect(await gateway.lost).toContain("exit code 0");
  expect(attached.state()).toMatch(/[SR]/);
});

it("says why when Python or Frida is not there", async () => {
  expect(failureOf(await openBridge("/nowhere/python")).code).toBe("gateway-missing");
  expect(failureOf(await openBridge("/bin/false")).cause).toContain("exit code 1");
});

it("lets the agent clean up when the engine is killed", async () => {
  const attached = await target();
  const mark = join(folder, "disposed");
  const disposing = `rpc.exports = { dispose() { const f = new File(${JSON.stringify(mark)}, "w"); f.write("x"); f.close(); } };`;
  const host = fileURLToPath(new URL("./host.ts", import.meta.url));
  const engine = spawn(process.execPath, [host, String(attached.pid), disposing], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(engine.stdout, "data");
  engine.kill("SIGKILL");
  await vi.waitFor(() => expect(existsSync(mark)).toBe(true), patience);
  await sleep(200);
  expect(attached.state()).toMatch(/[SR]/);
});
