// A recorder that is killed, or that stops answering: the target has its own pointers back by itself, and goes on.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { silenceMs } from "../../shared/agent-protocol.ts";
import { pointersIntoCore } from "./pointers.ts";
import { pythonsOf } from "./pythons.ts";
import { endTargets, startTarget, type Target } from "./target.ts";

const hosts: ChildProcess[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) host.kill("SIGKILL");
  await endTargets();
});

const churn = `
done = 0
def churn():
    global done
    while True:
        kept = [[i] for i in range(200)]
        done += 1
        time.sleep(0.001)
for _ in range(3): threading.Thread(target=churn, daemon=True).start()
reply()
`;

async function armed(target: Target): Promise<ChildProcess> {
  const host = spawn(process.execPath, [join(import.meta.dirname, "host.ts"), String(target.pid)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  hosts.push(host);
  const [text] = await once(host.stdout, "data");
  expect(String(text)).toBe("armed\n");
  expect(pointersIntoCore(target.pid)).toBeGreaterThan(10);
  return host;
}

async function goesOn(target: Target): Promise<void> {
  const [before, after] = [await target.ask("reply(done)"), await target.ask("time.sleep(0.3); reply(done)")];
  expect(Number(after)).toBeGreaterThan(Number(before));
}

it.each(pythonsOf(308, 311, 313))("is killed while it records $name", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(churn);
  const host = await armed(target);
  host.kill("SIGKILL");
  await vi.waitFor(() => expect(pointersIntoCore(target.pid)).toBe(0), { timeout: 5000, interval: 50 });
  await goesOn(target);
});

it.each(pythonsOf(311, 313))("is stopped while it records $name", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(churn);
  const host = await armed(target);
  host.kill("SIGSTOP");
  const timeout = silenceMs + 5000;
  await vi.waitFor(() => expect(pointersIntoCore(target.pid)).toBe(0), { timeout, interval: 100 });
  await goesOn(target);
  host.kill("SIGCONT");
  await goesOn(target);
});
