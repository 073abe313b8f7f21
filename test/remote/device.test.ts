// In: a leaking process behind a Portal with TLS and a token, on this machine and in a pid namespace of its own. Out: the same answers
// as for a process here; a refusal with its code for each thing that can be wrong; the token nowhere.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { silenceMs } from "../../shared/agent-protocol.ts";
import { pythonsOf } from "../agent/pythons.ts";
import { ended, home, runCli, startCli } from "../cli/run-cli.ts";
import { farPython, killPortals, makeCertificate, mayBeFar, startFarAway, startPortal, token } from "./portal.ts";

const folder = mkdtempSync(join(tmpdir(), "refscope-remote-"));
const python = pythonsOf(311, 313)[0]?.start[0];
const program = join(import.meta.dirname, "leaking.py");
const [shown, other] = [makeCertificate(folder, "shown"), makeCertificate(folder, "other")];
const targets: ChildProcess[] = [];
const withToken = { REFSCOPE_DEVICE_TOKEN: token };

afterEach(async () => {
  killPortals();
  await wait(500); // Frida's last threads are still leaving the process.
  for (const target of targets.splice(0)) target.kill("SIGKILL");
});
afterAll(() => {
  for (const path of [folder, home]) rmSync(path, { recursive: true, force: true });
});

function startLeak(): ChildProcess & { readonly pid: number } {
  const child = spawn(python ?? "", [program], { stdio: "ignore" });
  targets.push(child);
  return Object.assign(child, { pid: child.pid ?? 0 });
}
const codeOf = (said: { readonly talk: string }) => /refscope: ([\w-]+):/.exec(said.talk)?.[1];
const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith("refscope-far-"));

describe.skipIf(python === undefined || farPython === undefined)("--device", () => {
  test.skipIf(!shown || !other)("a Portal on this machine: listed, recorded; each refusal by its code", async () => {
    const target = startLeak();
    const { device, leave } = await startPortal(target.pid, shown?.both);
    const there = ["--device", device, "--certificate", shown?.own ?? ""];
    const ask = (verb: readonly string[], env: Readonly<Record<string, string>> = withToken) =>
      runCli([...verb, ...there], env);

    const list = JSON.parse((await ask(["ps", "--json"])).out);
    expect(list.processes).toMatchObject([{ pid: target.pid, python: null, attachable: null, reason: null }]);
    const tokenFile = join(folder, "token");
    writeFileSync(tokenFile, `${token}\n`);
    const path = join(folder, "here.refscope");
    const words = [
      "record",
      String(target.pid),
      "--for",
      "2s",
      "--frames",
      "2",
      "--out",
      path,
      "--token-file",
      tokenFile,
    ];
    expect((await ask(words, {})).code).toBe(0);
    expect(readFileSync(path).includes(token)).toBe(false);
    const report = JSON.parse((await runCli(["report", path, "--json"])).out);
    const frames = report.lifecycle.sites[0].frames.map((frame: { readonly function: string }) => frame.function);
    expect(frames).toEqual(["child", "parent"]);

    expect(codeOf(await ask(["ps"], { REFSCOPE_DEVICE_TOKEN: "another" }))).toBe("device-refused");
    expect(codeOf(await ask(["ps"], { REFSCOPE_DEVICE_TOKEN: "" }))).toBe("device-refused");
    expect(codeOf(await ask(["record", "1"]))).toBe("no-such-process");
    const wrong = ["ps", "--device", device, "--certificate", other?.own ?? ""];
    expect(codeOf(await runCli(wrong, withToken))).toBe("device-untrusted");
    await leave();
    expect(codeOf(await ask(["ps"]))).toBe("device-unreachable");
    expect([target.exitCode, target.signalCode]).toEqual([null, null]);
  });

  test("a recorder that is killed leaves a process behind a device as it leaves one here", async () => {
    const target = startLeak();
    const { device } = await startPortal(target.pid);
    const path = join(folder, "killed.refscope");
    const words = ["record", String(target.pid), "--device", device, "--out", path];
    const recorder = startCli(words, withToken);
    await untilSaid(recorder, "recording");
    const children = readFileSync(`/proc/${recorder.pid}/task/${recorder.pid}/children`, "utf8").trim().split(" ");
    for (const pid of [String(recorder.pid), ...children]) {
      expect(readFileSync(`/proc/${pid}/cmdline`, "utf8")).not.toContain(token);
      if (pid !== String(recorder.pid)) expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.toContain(token);
    }
    recorder.kill("SIGKILL");
    const again = [
      "record",
      String(target.pid),
      "--device",
      device,
      "--for",
      "1s",
      "--out",
      join(folder, "b.refscope"),
    ];
    await expect
      .poll(async () => codeOf(await runCli(again, withToken)) ?? "recorded", { timeout: 30_000 })
      .toBe("recorded");
    expect([target.exitCode, target.signalCode]).toEqual([null, null]);
  });

  test("a Portal that is killed ends the recording, and nothing else", async () => {
    const target = startLeak();
    const { device } = await startPortal(target.pid);
    const path = join(folder, "cut.refscope");
    const recorder = startCli(["record", String(target.pid), "--device", device, "--out", path], withToken);
    const said = ended(recorder);
    await expect.poll(() => existsSync(path), { timeout: 30_000 }).toBe(true);
    killPortals();
    expect(codeOf(await said)).toBe("target-ended");
    // As long as its session outlives the line, and as long as our agent waits for a sign of life; it must survive both.
    await wait(2000 + silenceMs);
    expect([target.exitCode, target.signalCode]).toEqual([null, null]);
  });

  test.skipIf(!mayBeFar)("a process whose /proc is not ours: its files come from there", async () => {
    const before = copies();
    const { device, pid } = await startFarAway([python ?? "", program]);
    const path = join(folder, "far.refscope");
    const words = ["--device", device, "--json"];
    const judged = JSON.parse((await runCli(["doctor", String(pid), ...words], withToken)).out);
    expect(judged).toMatchObject({ pid, attachable: true });
    const record = [
      "record",
      String(pid),
      "--for",
      "2s",
      "--frames",
      "2",
      "--collect",
      "lifecycle,errors",
      "--out",
      path,
    ];
    expect((await runCli([...record, ...words], withToken)).code).toBe(0);
    const report = JSON.parse((await runCli(["report", path, "--json"])).out);
    expect(report.target.pid).toBe(pid);
    expect(report.lifecycle.sites[0].frames[0]).toMatchObject({ function: "child", file: program });
    expect(report.recording.notObserved.join()).toContain("another machine");
    const audited = await runCli(["audit", String(pid), "math", "--for", "1s", ...words], withToken);
    expect(
      JSON.parse(audited.out).references.modules[0].functions.map((row: { function: string }) => row.function),
    ).toContain("sqrt");
    expect(copies()).toEqual(before);
  });
});

async function untilSaid(child: ChildProcess, word: string): Promise<void> {
  let text = "";
  for await (const chunk of child.stderr ?? []) {
    text += String(chunk);
    if (text.includes(word)) return;
  }
  throw new Error(`it ended without saying ${word}: ${text}`);
}
