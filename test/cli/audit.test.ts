// In: a module that breaks each rule once and keeps it in a twin, on every CPython here. Out: each broken rule with its function and its
// exact line, nothing on a twin, the target as it was; and what is said of a module that nobody calls, or that there is not.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { querySource } from "../../engine/queries-flame.ts";
import { type AuditDocument, auditDocument } from "../../shared/audit-result.ts";
import { everyPython, type Python } from "../agent/pythons.ts";
import { ended, home, runCli, startCli } from "./run-cli.ts";

const source = resolve(import.meta.dirname, "../fixtures/broken.c");
const program = resolve(import.meta.dirname, "../fixtures/call_broken.py");
const calls = 40;
/** Function → rule and line, as its marks say. */
const planted = new Map(marks());
const targets: ChildProcess[] = [];
afterEach(async () => {
  await wait(500); // Frida's last threads are still leaving the process.
  for (const target of targets.splice(0)) target.kill("SIGKILL");
});
afterAll(() => {
  for (const python of everyPython) rmSync(join(rootOf(python), home), { recursive: true, force: true });
});

function marks(): [string, string][] {
  let name = "";
  return readFileSync(source, "utf8")
    .split("\n")
    .flatMap((line, at): [string, string][] => {
      name = /^static PyObject \*(\w+)\(/.exec(line)?.[1] ?? name;
      const rule = /\/\* ([a-z]+(?:-[a-z]+)+) \*\/$/.exec(line)?.[1];
      return rule ? [[name, `${rule} ${at + 1}`]] : [];
    });
}

/** Where its module is built: inside the root directory that it may have, under the same path as it is seen from there. */
function build(python: Python, api: string, ...words: string[]): string {
  const folder = join(home, `${python.name.replaceAll(" ", "-")}-${api}`);
  const place = join(rootOf(python), folder);
  mkdirSync(place, { recursive: true });
  copyFileSync(program, join(place, "call_broken.py"));
  const flags = ["-g", "-O2", "-shared", "-fPIC", `-I${headersOf(python)}`, "-o", join(place, "broken.so"), source];
  execFileSync("cc", [...words, ...flags]);
  return folder;
}

const rootOf = ({ start }: Python): string => (start[0] === "chroot" ? (start[1] ?? "") : "");

/** Its own, or, for what is built with the limited API, those of an older one. */
function headersOf(python: Python): string {
  const from = rootOf(python) === "" ? python : withHeaders.at(-1);
  const [path = "python3"] = from?.start ?? [];
  const ask = "import sysconfig; print(sysconfig.get_paths()['include'])";
  return execFileSync(path, ["-c", ask], { encoding: "utf8" }).trim();
}

async function target({ start: [first, ...words] }: Python, folder: string) {
  const child = spawn(first, [...words, join(folder, "call_broken.py"), folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  targets.push(child);
  await once(child.stdout, "data");
  const call = async (times: number) => {
    child.stdin.write(`${times}\n`);
    await once(child.stdout, "data");
  };
  return { pid: String(child.pid), call };
}

/** Audits while `act` runs; Ctrl-C ends it. */
async function audited(pid: string, words: readonly string[], act: () => Promise<void>) {
  const cli = startCli(["audit", pid, ...words, "--json"]);
  const said = ended(cli);
  await Promise.race([once(cli.stderr ?? cli, "data"), said]);
  await act();
  await wait(300);
  cli.kill("SIGINT");
  const { code, out, talk } = await said;
  return { code, talk, document: v.parse(auditDocument, JSON.parse(out)) };
}

/** Each finding stands with its line of C in the recording itself. */
function expectSource(path: string, findings: AuditDocument["references"]["findings"]): void {
  const lines = readFileSync(source, "utf8").split("\n");
  for (const { file, line } of findings) {
    const kept = file === null || line === null ? undefined : querySource({ path, file, line });
    const text = kept?.ok ? kept.value?.lines.find((one) => one.line === line)?.text : undefined;
    expect(text).toBe(lines[(line ?? 0) - 1]);
  }
}

const limited = ["limited", ["-DPy_LIMITED_API=0x03080000"]] as const;
const released = everyPython.filter(({ debug }) => !debug);
const withHeaders = released.filter(
  (python) => rootOf(python) === "" && existsSync(join(headersOf(python), "Python.h")),
);
const withoutHeaders = released.filter((python) => rootOf(python) !== "");

describe.each([
  ...withHeaders.map((python) => ({ python, name: python.name, apis: [["full", []] as const, limited] })),
  ...withoutHeaders.map((python) => ({ python, name: python.name, apis: [limited] })),
])("CPython $name", ({ python, apis }) => {
  test.each(apis)("the %s API: each broken rule with its line, nothing on a twin", async (api, words) => {
    const { pid, call } = await target(python, build(python, api, ...words));
    const { code, document } = await audited(pid, ["broken"], () => call(calls));
    const { references, errors } = document;
    const found = [...references.findings, ...errors.findings];
    const told = Map.groupBy(found, (finding) => finding.function);
    const broken = [...planted].filter(([of]) => of !== "give_none" || python.version < 312);
    for (const [of, expected] of broken)
      expect([of, told.get(of)?.map(({ rule, line }) => `${rule} ${line}`)]).toEqual([
        of,
        expect.arrayContaining([expected]),
      ]);
    expect(found.filter((finding) => !planted.has(finding.function))).toEqual([]);
    expect(code).toBe(1);
    if (rootOf(python) === "") expectSource(document.path, references.findings);
    expect(references.modules[0]).toMatchObject({ entryPoints: 27, missed: [], abi: { breaksOn: [] } });
    await call(1);
  });
});

test("a module that nobody calls: no verdict; a module that is none: refused, with what to do", async () => {
  const python = withHeaders.at(-1);
  if (python === undefined) throw new Error("no CPython with its headers is here");
  const { pid } = await target(python, build(python, "idle"));
  const idle = await audited(pid, ["broken"], async () => {});
  expect([idle.code, idle.document.references.findings]).toEqual([7, []]);
  const none = await runCli(["audit", pid, "sys"]);
  expect([none.code, none.talk]).toEqual([2, expect.stringMatching(/^refscope: no-such-module: .+`sys`\. .+\n$/)]);
});
