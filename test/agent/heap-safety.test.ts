// Walks of the heap under all that may go wrong, in real processes: the target goes on, sees nothing of it, and nothing stays behind.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { value } from "../gateway/value.ts";
import { half, type Python, pythonsOf } from "./pythons.ts";
import { endTargets, filesOf, mapsOf, startTarget, type Target } from "./target.ts";
import { childrenOf, type Walking, walking } from "./walked.ts";

let gateway: Gateway;
const hosts: ChildProcess[] = [];
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(async () => {
  for (const host of hosts.splice(0)) host.kill("SIGKILL");
  await endTargets();
});
afterAll(() => gateway.close());

const busy = `
import random
class Box: pass
done = 0
signals = []
keep = [Box() for _ in range(50000)]
for i, b in enumerate(keep): b.name = str(i); b.next = keep[i - 1]
def churn():
    global done
    mine = {}
    while True:
        for i in range(500): mine[i % 97] = [Box(), {"a": i}, (i, str(i)), {i}]
        done += 1
        time.sleep(0.0005)
for _ in range(3): threading.Thread(target=churn, daemon=True).start()
reply()
`;

async function started(python: Python, lifecycle = false): Promise<{ target: Target; walk: Walking }> {
  const target = await startTarget(python);
  await target.ask(busy);
  return { target, walk: await walking(gateway, target.pid, python, lifecycle) };
}

async function goesOn(target: Target): Promise<void> {
  const [before, after] = [await target.ask("reply(done)"), await target.ask("time.sleep(0.3); reply(done)")];
  expect(Number(after)).toBeGreaterThan(Number(before));
  await vi.waitFor(() => expect(childrenOf(target.pid)).toEqual([]), { timeout: 5000 });
}

describe.each(half(1, pythonsOf(308, 311, 312, 313)))("$name", { timeout: 120_000 }, (python) => {
  it("is walked again and again while it works, with and without hooks", async () => {
    for (const lifecycle of [false, true]) {
      const { target, walk } = await started(python, lifecycle);
      for (let i = 0; i < 10; i++) expect((await walk.walk()).told).toMatchObject({ kind: "whole" });
      await goesOn(target);
      await walk.leave();
      await goesOn(target);
    }
  });

  it("sees nothing of it, waiting for any child and handling SIGCHLD", async () => {
    const { target, walk } = await started(python);
    await target.ask("signal.signal(signal.SIGCHLD, lambda *_: signals.append(1)); reply()");
    await walk.begin();
    const waited = "try: reply(os.waitpid(-1, os.WNOHANG))\nexcept ChildProcessError: reply('none')";
    expect(await target.ask(waited)).toBe("none");
    while ((await walk.part()).told.kind === "more");
    expect(await target.ask(waited)).toBe("none");
    expect(await target.ask("reply(signals)")).toEqual([]);
    await walk.leave();
    await goesOn(target);
  });
});

describe.each(half(0, pythonsOf(311, 313)))("$name", { timeout: 120_000 }, (python) => {
  it("is walked a hundred times and keeps nothing of it", async () => {
    const { target, walk } = await started(python);
    for (let i = 0; i < 5; i++) await walk.walk();
    const before = { files: filesOf(target.pid), maps: mapsOf(target.pid).length };
    for (let i = 0; i < 100; i++) expect((await walk.walk()).told.kind).toBe("whole");
    expect(filesOf(target.pid)).toBe(before.files);
    expect(mapsOf(target.pid).length).toBeLessThan(before.maps + 8);
    await walk.leave();
    await goesOn(target);
  });

  it("is told of a child that is killed, is too late, or needs too much", async () => {
    const { target, walk } = await started(python);
    await walk.begin();
    process.kill(childrenOf(target.pid)[0]?.pid ?? 0, "SIGKILL");
    const ended = async () => {
      for (;;) {
        const { told } = await walk.part();
        if (told.kind !== "more") return told;
      }
    };
    expect(await ended()).toEqual({ kind: "failed", why: "signal 9 ended it" });
    await walk.begin({ deadlineMs: 300 });
    await sleep(800);
    expect(await ended()).toEqual({ kind: "failed", why: "it took too long" });
    await walk.begin({ mostBytes: 1000 });
    await sleep(800);
    expect(await ended()).toMatchObject({ kind: "failed", why: expect.stringContaining("memory") });
    expect((await walk.walk()).told.kind).toBe("whole");
    await walk.leave();
    await goesOn(target);
  });

  it("refuses where no file may be opened any more", async () => {
    const { target, walk } = await started(python);
    const most = Math.max(...(await import("node:fs")).readdirSync(`/proc/${target.pid}/fd`).map(Number)) + 1;
    await target.ask(`import resource; old = resource.getrlimit(resource.RLIMIT_NOFILE); resource.setrlimit(resource.RLIMIT_NOFILE, (${most}, old[1])); full = []
try:
    while True: full.append(os.dup(0))
except OSError: reply()`);
    expect(await walk.begin()).toMatchObject({ kind: "refused", code: "snapshot-refused" });
    await target.ask("resource.setrlimit(resource.RLIMIT_NOFILE, old); [os.close(f) for f in full]; reply()");
    expect((await walk.walk()).told.kind).toBe("whole");
    await walk.leave();
    await goesOn(target);
  });

  it("ends in the middle of a walk, with the agent gone in order", async () => {
    const { target, walk } = await started(python);
    await walk.begin();
    expect(childrenOf(target.pid)).toHaveLength(1);
    await walk.leave();
    await goesOn(target);
  });

  it("is left without a child when the host is killed", async () => {
    const target = await startTarget(python);
    await target.ask(busy);
    const host = spawn(process.execPath, [join(import.meta.dirname, "host.ts"), String(target.pid), "walk"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    hosts.push(host);
    await once(host.stdout, "data");
    expect(childrenOf(target.pid).length).toBeGreaterThan(0);
    host.kill("SIGKILL");
    await vi.waitFor(() => expect(childrenOf(target.pid)).toEqual([]), { timeout: 8000, interval: 50 });
    await goesOn(target);
  });

  it("forks itself meanwhile", async () => {
    const { target, walk } = await started(python);
    const child =
      "import subprocess; reply(subprocess.run([sys.executable, '-c', 'print(1)'], stdout=subprocess.PIPE).returncode)";
    for (let i = 0; i < 5; i++) {
      await walk.begin();
      expect(await target.ask(child)).toBe(0);
      while ((await walk.part()).told.kind === "more");
    }
    expect(readFileSync(`/proc/${target.pid}/status`, "latin1")).toContain("State:");
    await walk.leave();
    await goesOn(target);
  });
});
