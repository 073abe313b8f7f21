// In: the real CLI on real processes. Out: the exit code and the one line of each refusal, the target as it was; a recording from start
// to report; signals.
import { once } from "node:events";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { afterAll, afterEach, expect, test } from "vitest";
import { doctorDocument, recordingDocument, report, sessionList } from "../../shared/documents.ts";
import { endAll, newest, pidOf, start, startPython, startReady, stateOf, until } from "../preflight/targets.ts";
import { ended, home, runCli, startCli } from "./run-cli.ts";

afterEach(endAll);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const busy =
  "print('ready', flush=True)\nkept = []\nwhile True: kept.append(object()); __import__('time').sleep(0.001)";
const startBusy = (): Promise<number> => startReady(newest(), ["-c", busy]);
const line = (code: string) => new RegExp(`^refscope: ${code}: .+\\n$`);

test("no such process: 3; no Python: 5; stopped: 5, and it stays stopped", async () => {
  expect(await runCli(["record", "4194000"])).toMatchObject({
    code: 3,
    out: "",
    talk: expect.stringMatching(line("no-such-process")),
  });
  const sleep = String(pidOf(start("sleep", ["600"])));
  expect(await runCli(["record", sleep])).toMatchObject({ code: 5, talk: expect.stringMatching(line("not-python")) });
  const stopped = await startPython(newest());
  process.kill(stopped, "SIGSTOP");
  await until(() => stateOf(stopped) === "T");
  expect(await runCli(["record", String(stopped)])).toMatchObject({
    code: 5,
    talk: expect.stringMatching(line("stopped")),
  });
  expect(stateOf(stopped)).toBe("T");
});

test("what is no recording: 6", async () => {
  const junk = join(home, "junk.refscope");
  writeFileSync(junk, `SQLite format 3\0${"x".repeat(5000)}`);
  for (const verb of ["report", "open"]) {
    expect(await runCli([verb, junk])).toMatchObject({
      code: 6,
      talk: expect.stringMatching(/^refscope: [a-z-]+: .+\n$/),
    });
    expect(await runCli([verb, join(home, "none.refscope")])).toMatchObject({
      code: 6,
      talk: expect.stringMatching(line("no-recording")),
    });
  }
});

test("doctor says every check, and its exit code is that of the first no", async () => {
  const good = await runCli(["doctor", String(await startPython(newest())), "--json"]);
  expect([good.code, v.parse(doctorDocument, JSON.parse(good.out)).attachable]).toEqual([0, true]);
  const bad = await runCli(["doctor", String(pidOf(start("sleep", ["600"]))), "--json"]);
  expect(bad.code).toBe(5);
  expect(
    v.parse(doctorDocument, JSON.parse(bad.out)).checks.filter(({ outcome }) => outcome === "failed"),
  ).toHaveLength(1);
});

test("a recording: its path on stdout, a report that names the line, a row among the sessions", async () => {
  const recorded = await runCli(["record", String(await startBusy()), "--for", "2s", "--frames", "4"]);
  expect(recorded).toMatchObject({ code: 0, out: expect.stringMatching(/^\/\S+\.refscope\n$/) });
  const path = recorded.out.trim();
  const json = await runCli(["report", path, "--json"]);
  expect(v.parse(report, JSON.parse(json.out)).recording.status).toBe("closed");
  expect((await runCli(["report", path])).out).toContain("object");
  expect((await runCli(["report", path, "--markdown"])).out).toMatch(/^# /);
  expect((await runCli(["report", path, "--html"])).out).toMatch(/^<!doctype html>/);
  const sessions = await runCli(["sessions", "--json"]);
  expect(v.parse(sessionList, JSON.parse(sessions.out)).sessions.map((row) => row.path)).toContain(path);
});

test("Ctrl-C finishes the file and exits with 130; SIGTERM with 143", async () => {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    const target = await startBusy();
    const child = startCli(["record", String(target)]);
    child.stderr?.once("data", () => setTimeout(() => child.kill(signal), 1000));
    const said = await ended(child);
    expect(said.code).toBe(code);
    const closed = await runCli(["report", said.out.trim(), "--json"]);
    expect(v.parse(report, JSON.parse(closed.out)).recording.status).toBe("closed");
    expect(stateOf(target)).not.toBe("T");
  }
});

test("Ctrl-C twice lets go at once; the target lives", async () => {
  const target = await startBusy();
  const child = startCli(["record", String(target)]);
  await once(child.stderr ?? child, "data");
  child.kill("SIGINT");
  await wait(20);
  child.kill("SIGINT");
  expect((await ended(child)).code).toBe(130);
  await wait(500);
  expect(stateOf(target)).toMatch(/[RS]/);
});

test("a target that ends during the recording: the file is kept, exit code 3", async () => {
  const target = await startBusy();
  const out = join(home, "ended.refscope");
  const child = startCli(["record", String(target), "--json", "--out", out]);
  child.stderr?.once("data", () => setTimeout(() => process.kill(target, "SIGKILL"), 1000));
  const said = await ended(child);
  expect(said.code).toBe(3);
  expect(v.parse(recordingDocument, JSON.parse(said.out))).toMatchObject({
    path: out,
    ended: { code: "target-ended" },
  });
  expect(said.talk).toContain("refscope: target-ended: ");
  expect((await runCli(["report", out])).code).toBe(0);
});

test("run records a program until it ends", async () => {
  const program =
    "kept = [bytearray(100) for _ in range(1000)]; __import__('time').sleep(2); kept.append(bytearray(1))";
  const out = join(home, "run.refscope");
  const said = await runCli(["run", "--out", out, "--", newest(), "-c", program]);
  expect(said).toMatchObject({ code: 0, out: expect.stringContaining(out) });
  expect(existsSync(out)).toBe(true);
});

test("serve prints its link and ends with Ctrl-C: 0", async () => {
  const child = startCli(["serve", "--quiet"]);
  const [link] = await once(child.stdout ?? child, "data");
  expect(String(link)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/);
  child.kill("SIGINT");
  expect((await ended(child)).code).toBe(0);
});
