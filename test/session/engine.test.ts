// The façade as a door uses it: real programs, a library of its own, every row of the contract.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createEngine, type Engine } from "../../engine/engine.ts";
import { Library } from "../../engine/session/library.ts";
import { type RpcName, type RpcParams, rpcContract } from "../../shared/rpc-contract.ts";
import { startTarget } from "../gateway/targets.ts";
import { failureOf, value } from "../gateway/value.ts";

const patience = { timeout: 30_000, interval: 50 };
let home = "";
let engine: Engine;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "refscope-engine-"));
  engine = createEngine(new Library(home));
});
afterEach(async () => {
  await engine.close();
  rmSync(home, { recursive: true, force: true });
});

/** The answer, after its schema has said that it is one. */
async function answer<N extends RpcName>(name: N, params: RpcParams<N>) {
  const result = value(await engine.guarded.call(name, params));
  expect(v.safeParse(rpcContract[name].result, result).issues).toBeUndefined();
  return result;
}

const sumOf = (values: readonly (number | null)[]): number => values.reduce<number>((sum, one) => sum + (one ?? 0), 0);

it("answers every call about a recording that runs and one that is closed", async () => {
  const target = await startTarget();
  target.say(
    "keep = []; threading.Thread(target=lambda: [(keep.append([i]), time.sleep(0.001)) for i in range(10**9)], daemon=True).start()",
  );
  const { path } = await answer("recording.start", { pid: target.pid });
  expect(failureOf(await engine.call("recording.start", { pid: target.pid })).code).toBe("already-recorded");
  await vi.waitFor(async () => expect((await answer("recording.states", {}))[0]?.seconds).toBeGreaterThan(1), patience);
  for (const phase of ["recording", "closed"]) {
    if (phase === "closed") expect((await answer("recording.stop", { path })).phase).toBe("closed");
    expect((await answer("recording.series", { path, buckets: 10 })).buckets.length).toBeGreaterThan(0);
    const { buckets } = await answer("recording.flow", { path, buckets: 10 });
    expect(sumOf(buckets.map(({ alive }) => alive))).toBeGreaterThan(100);
    expect(sumOf(buckets.map(({ alive }) => alive))).toBeLessThanOrEqual(sumOf(buckets.map((one) => one.allocated)));
    expect(await answer("gil.contention", { path, buckets: 10 })).toBe(null);
    expect((await answer("recording.types", { path })).rows.map((row) => row.type)).toContain("list");
    expect((await answer("recording.sites", { path, type: "list" })).rows[0]?.frames[0]?.function).toContain("<");
    expect((await answer("recording.report", { path })).recording.status).toBe(phase);
    expect((await answer("sessions.list", {})).sessions).toMatchObject([{ path, status: phase, dropped: 0 }]);
    const [state, ...others] = await answer("recording.states", {});
    expect([state?.phase, ...others]).toEqual([phase]);
    if (phase === "closed") expect(state?.rssBytes).toBe(null);
    else expect(state?.rssBytes).toBeGreaterThan(2 ** 20);
  }
  expect((await answer("processes.list", {})).processes.some((row) => row.pid === target.pid)).toBe(true);
  expect((await answer("doctor.run", { pid: target.pid })).attachable).toBe(true);
  await target.end();
});

it("an attempt is cancelled at any step, and the process is left as it was", async () => {
  const target = await startTarget();
  const begun = engine.call("recording.start", { pid: target.pid });
  const [attempt] = await vi.waitFor(async () => {
    const states = await answer("recording.states", {});
    expect(states.length).toBe(1);
    return states;
  }, patience);
  expect(attempt?.steps[0]).toMatchObject({ phase: "preflight", ms: expect.any(Number) });
  await answer("recording.stop", { path: attempt?.path ?? "" });
  const refused = failureOf(await begun);
  expect([refused.code, refused.fix]).toEqual(["cancelled", expect.stringMatching(/Nothing was changed|hook/)]);
  expect(await answer("recording.states", {})).toEqual([]);
  expect(await answer("sessions.list", {})).toMatchObject({ sessions: [] });
  expect((await answer("doctor.run", { pid: target.pid })).attachable).toBe(true);
  await target.end();
});

it("runs a program, records it from its beginning and ends with it", async () => {
  // It ends without finalizing: that would free what it kept, and the last batch sees some of it.
  const program =
    "import os, time\nkeep = []\nfor i in range(1500):\n    keep.append({i: i})\n    time.sleep(0.001)\nos._exit(0)";
  const { path } = value(await engine.run(["/usr/bin/env", "python3", "-c", program], { frames: 2 }));
  const last = async () => value(await engine.call("recording.states", {})).find((state) => state.path === path);
  await vi.waitFor(async () => expect((await last())?.phase).toBe("closed"), patience);
  expect((await last())?.ended).toBeNull();
  const report = await answer("recording.report", { path });
  const site = report.lifecycle.sites.find(({ type }) => type === "dict");
  expect(site).toMatchObject({ frames: [{ function: "<module>", line: 4 }], freed: 0 });
  expect(site?.live).toBeGreaterThan(1000);
  expect(report.recording.notObserved.join()).toContain("before Refscope was attached");
});

it("says why a program is not recorded", async () => {
  expect(failureOf(await engine.run(["/nowhere/at-all"], {})).code).toBe("program-not-started");
  expect(failureOf(await engine.run(["/bin/true"], {})).code).toBe("target-ended");
  expect(readdirSync(home)).toEqual([]);
});

it("reads any file for the user, and only its own for strangers", async () => {
  const query = { path: "/etc/passwd" };
  expect(failureOf(await engine.call("recording.report", query)).code).toBe("foreign-recording");
  const strangers = createEngine(new Library(home)).guarded;
  expect(failureOf(await strangers.call("recording.report", query)).code).toBe("no-recording");
  expect(failureOf(await strangers.call("recording.start", { pid: process.pid, out: "/etc/new.refscope" })).code).toBe(
    "cannot-write",
  );
  expect(failureOf(await strangers.call("recording.stop", query)).code).toBe("no-recording");
});
