// Recordings of real processes from start to every kind of end: the file is closed, the target goes on, the reason is told.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type BridgeGateway, openBridge } from "../../engine/gateway/bridge.ts";
import { bridgePython } from "../../engine/gateway/places.ts";
import { PhaseClock } from "../../engine/session/phases.ts";
import type { RunningRecording } from "../../engine/session/recording.ts";
import { type SessionOptions, type SessionRequest, startRecording } from "../../engine/session/session.ts";
import { openRecording } from "../../engine/store/reader.ts";
import { protocolVersion } from "../../shared/agent-protocol.ts";
import { ok } from "../../shared/failures.ts";
import { startTarget, type Target } from "../gateway/targets.ts";
import { failureOf, value } from "../gateway/value.ts";

const patience = { timeout: 20_000, interval: 20 };
const churn =
  "keep = []; grow = lambda: [(keep.append((i,)), time.sleep(0.001)) for i in range(10**9)]; threading.Thread(target=grow, daemon=True).start()";
const folder = mkdtempSync(join(tmpdir(), "refscope-session-"));
const targets: Target[] = [];
let gateway: BridgeGateway;
beforeAll(async () => {
  gateway = value(await openBridge(bridgePython() ?? "python3"));
});
afterEach(async () => {
  await Promise.all(targets.splice(0).map((target) => target.end()));
});
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

async function growing(): Promise<Target> {
  const target = await startTarget();
  targets.push(target);
  target.say(churn);
  return target;
}
const options: SessionOptions = { gateway: async () => ok(gateway) };
const requestFor = (target: Target, name: string): SessionRequest => ({
  pid: target.pid,
  out: join(folder, `${name}.refscope`),
});

async function recording(target: Target, name: string, more: Partial<SessionRequest> = {}): Promise<RunningRecording> {
  return value(await startRecording({ ...requestFor(target, name), ...more }, options));
}
const underWay = (running: RunningRecording) =>
  vi.waitFor(() => expect(running.state().seconds).toBeGreaterThan(0.3), patience);

function facts(path: string) {
  const reader = value(openRecording(path));
  const told = reader.recording();
  reader.close();
  return told;
}
/** Nothing of ours is mapped but the resident core, and nobody traces it. */
function expectLeftAlone(target: Target): void {
  expect(target.state()).toMatch(/[SR]/);
  expect(readFileSync(`/proc/${target.pid}/maps`, "latin1")).not.toContain("frida");
  expect(readFileSync(`/proc/${target.pid}/status`, "latin1")).toContain("TracerPid:\t0\n");
}

describe("a recording", () => {
  it("goes through its phases, stops when asked and accounts for every event", async () => {
    const target = await growing();
    const phases: string[] = [];
    const onPhase = (phase: string) => void phases.push(phase);
    const running = value(
      await startRecording(requestFor(target, "asked"), { ...options, clock: new PhaseClock(onPhase) }),
    );
    await underWay(running);
    const state = await running.stop();
    expect(phases).toEqual(["preflight", "gateway", "inject", "arm", "recording", "stopping", "closed"]);
    expect([state.phase, state.ended, state.target?.pid]).toEqual(["closed", null, target.pid]);
    const { status, produced, stored, dropped } = facts(running.path);
    expect([status, dropped]).toEqual(["closed", { allocations: 0, frees: 0 }]);
    expect(produced).toEqual(stored);
    expect(produced["allocations"]).toBeGreaterThan(100);
    expectLeftAlone(target);
  });

  it("stops by itself after its time, and the process can be recorded again", async () => {
    const target = await growing();
    for (const name of ["first", "second"]) {
      const running = await recording(target, name, { forSeconds: 0.5 });
      expect((await running.ended).ended).toBeNull();
      expect(facts(running.path).status).toBe("closed");
    }
    expectLeftAlone(target);
  });

  it("lets go at once when it is asked twice", async () => {
    const target = await growing();
    const running = await recording(target, "twice");
    await underWay(running);
    const [one, two] = await Promise.all([running.stop(), running.stop()]);
    expect([one.phase, two]).toEqual(["closed", one]);
    expect(facts(running.path).status).toBe("closed");
    expectLeftAlone(target);
  });

  it.each([
    ["is killed", "os.kill(os.getpid(), signal.SIGKILL)", "exited or was killed"],
    ["crashes", "ctypes.string_at(0)", "exited or was killed"],
    ["becomes another program", "os.execv('/bin/sleep', ['sleep', '100'])", "by exec"],
  ])("is closed when its target %s", async (_how, line, told) => {
    const target = await growing();
    const running = await recording(target, "lost");
    await underWay(running);
    target.say(line);
    const { ended } = await running.ended;
    expect(ended).toMatchObject({ code: "target-ended", cause: expect.stringContaining(told) });
    const { status, notObserved } = facts(running.path);
    expect(status).toBe("closed");
    expect(notObserved.join()).toContain("ended early");
  });

  it("is refused while another Refscope records the process", async () => {
    const target = await growing();
    const running = await recording(target, "mine");
    await underWay(running);
    const other = await startRecording(requestFor(target, "theirs"), options);
    expect(["already-recorded", "foreign-agent"]).toContain(failureOf(other).code);
    expect(existsSync(join(folder, "theirs.refscope"))).toBe(false);
    expect((await running.stop()).ended).toBeNull();
  });

  it("is refused before the target is touched when its file cannot be written", async () => {
    const target = await growing();
    const refused = failureOf(await startRecording({ pid: target.pid, out: "/nowhere/at/all.refscope" }, options));
    expect(refused.code).toBe("cannot-write");
    expectLeftAlone(target);
  });

  it("is taken back when the agent does not answer in time", async () => {
    const target = await growing();
    const disposed = join(folder, "disposed");
    const found = {
      protocol: protocolVersion,
      versionHex: ownVersion(),
      debug: false,
      freeThreaded: false,
      runtimeModule: "x",
      staticBuild: false,
      core: "none",
      interpreters: 1,
    };
    const source = `rpc.exports = {
      inspect: () => (${JSON.stringify(found)}),
      arm: () => new Promise(() => {}),
      dispose() { const f = new File(${JSON.stringify(disposed)}, "w"); f.write("x"); f.close(); },
    };`;
    const agent = () => ok({ source, core: new Uint8Array(8) });
    const late = failureOf(await startRecording(requestFor(target, "late"), { ...options, agent }));
    expect(late.code).toBe("attach-timeout");
    expect([existsSync(disposed), existsSync(join(folder, "late.refscope"))]).toEqual([true, false]);
    expectLeftAlone(target);
  });

  it.skipIf(process.getuid?.() !== 0)("ends with a full disk, and the target goes on", async (context) => {
    const disk = join(folder, "disk");
    mkdirSync(disk);
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=800k", "tmpfs", disk]).status !== 0)
      context.skip("mounting is not allowed here");
    try {
      const target = await growing();
      const many =
        "code = ''.join(f'def f{i}(): return [({i},) for _ in range(3)]\\n' for i in range(4000)); exec(code)";
      const running = await recording(target, "full", { out: join(disk, "full.refscope"), frames: 16 });
      target.say(many);
      target.say("while True: more = [globals()[f'f{i}']() for i in range(4000)]; exec(code)");
      const { ended } = await running.ended;
      expect(ended?.code).toBe("disk-full");
      expect(facts(running.path).status).toBe("closed");
      expectLeftAlone(target);
    } finally {
      execFileSync("umount", [disk]);
    }
  });

  it("is closed when the process that holds Frida is killed", async () => {
    const other = value(await openBridge(bridgePython() ?? "python3"));
    const target = await growing();
    const running = value(await startRecording(requestFor(target, "orphan"), { gateway: async () => ok(other) }));
    await underWay(running);
    process.kill(other.bridgePid ?? 0, "SIGKILL");
    expect((await running.ended).ended?.code).toBe("gateway-lost");
    expect(facts(running.path).status).toBe("closed");
    await vi.waitFor(() => expectLeftAlone(target), patience);
  });
});

/** PY_VERSION_HEX of the python that the targets run, as the program itself says. */
function ownVersion(): number {
  return Number(execFileSync("python3", ["-c", "import sys; print(sys.hexversion)"], { encoding: "utf8" }));
}
