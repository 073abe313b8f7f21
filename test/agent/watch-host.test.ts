// A host that is killed, or that stops answering, while it follows an object; and many that come and go: no breakpoint and no handler stay,
// and the target goes on.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { silenceMs } from "../../shared/agent-protocol.ts";
import { value } from "../gateway/value.ts";
import { pythonsOf } from "./pythons.ts";
import { endTargets, startTarget, type Target } from "./target.ts";
import { breakpointsOf, handlesTrap, watch } from "./watched.ts";

const hosts: ChildProcess[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) host.kill("SIGKILL");
  await endTargets();
});

const churn = `
class Box: pass
box = Box(); done = 0
def use():
    global done
    while True:
        for _ in range(20): kept = [box, box]
        done += 1
        time.sleep(0.001)
for _ in range(3): threading.Thread(target=use, daemon=True).start()
reply()
`;

async function followed(target: Target): Promise<ChildProcess> {
  const host = await followedBy(target, String(await target.ask("reply(hex(id(box)))")));
  expect(breakpointsOf(target.pid)).toBeGreaterThanOrEqual(4);
  return host;
}

async function followedBy(target: Target, what: string): Promise<ChildProcess> {
  const host = spawn(process.execPath, [join(import.meta.dirname, "watch-host.ts"), String(target.pid), what], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  hosts.push(host);
  const [text] = await once(host.stdout, "data");
  expect(String(text)).toBe("armed\n");
  return host;
}

async function isFree(target: Target, timeout: number): Promise<void> {
  await vi.waitFor(() => expect(breakpointsOf(target.pid)).toBe(0), { timeout, interval: 50 });
  const [before, after] = [await target.ask("reply(done)"), await target.ask("time.sleep(0.3); reply(done)")];
  expect(Number(after)).toBeGreaterThan(Number(before));
}

it.each(pythonsOf(308, 311, 312, 313))(
  "is killed while it follows an object of $name",
  { timeout: 60_000 },
  async (python) => {
    const target = await startTarget(python);
    await target.ask(churn);
    const host = await followed(target);
    host.kill("SIGKILL");
    await isFree(target, 5000);
    await vi.waitFor(() => expect(handlesTrap(target.pid)).toBe(false), { timeout: 5000, interval: 50 });
  },
);

it.each(pythonsOf(309, 311, 312, 313))(
  "is killed while it follows what four threads of $name make",
  { timeout: 60_000 },
  async (python) => {
    const target = await startTarget(python);
    await target.ask(`${churn}
held = []
def keep():
    while True:
        held.append([box]); passed = [box]; time.sleep(0.005)
for _ in range(4): threading.Thread(target=keep, daemon=True).start()
`);
    const host = await followedBy(target, "keep");
    await target.ask("time.sleep(0.4); reply()");
    expect(breakpointsOf(target.pid)).toBeGreaterThanOrEqual(4);
    host.kill("SIGKILL");
    await isFree(target, 5000);
    await vi.waitFor(() => expect(handlesTrap(target.pid)).toBe(false), { timeout: 5000, interval: 50 });
  },
);

it.each(pythonsOf(311, 313))("is stopped while it follows an object of $name", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(churn);
  const host = await followed(target);
  host.kill("SIGSTOP");
  await isFree(target, silenceMs + 5000);
  host.kill("SIGCONT");
  await isFree(target, 1000);
});

it.each(pythonsOf(308, 311, 313))(
  "comes and goes 20 times under load, in $name",
  { timeout: 120_000 },
  async (python) => {
    const gateway = value(await openGateway());
    const target = await startTarget(python);
    await target.ask(churn);
    const address = await target.ask("reply(hex(id(box)))");
    for (let round = 0; round < 20; round++) {
      const watching = await watch(gateway, target.pid);
      expect(await watching.follow(address)).toMatchObject({ kind: "armed" });
      await target.ask("time.sleep(0.15); reply()");
      await watching.stop();
      expect(watching.told.states).toMatchObject([
        { dropped: 0, state: "left", produced: watching.told.changes.length },
      ]);
      expect(watching.told.gaps()).toBe(0);
      expect(watching.told.changes.length).toBeGreaterThan(50);
      await watching.leave();
      expect(breakpointsOf(target.pid)).toBe(0);
      await vi.waitFor(() => expect(handlesTrap(target.pid)).toBe(false), { timeout: 5000, interval: 20 });
    }
    await isFree(target, 1000);
    await gateway.close();
  },
);
