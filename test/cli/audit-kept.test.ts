// In: a module that keeps what no call of the C API shows (references to heap types, objects of its own types, memory, an object of its own
// data), each with a twin that does not, on every CPython here. Out: each function that keeps, by name; nothing on a twin.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { afterAll, afterEach, expect, test } from "vitest";
import { auditDocument } from "../../shared/audit-result.ts";
import { everyPython, half } from "../agent/pythons.ts";
import { home, runCli } from "./run-cli.ts";

const source = resolve(import.meta.dirname, "../fixtures/kept.c");
const program = resolve(import.meta.dirname, "../fixtures/call_kept.py");
const targets: ChildProcess[] = [];
afterEach(async () => {
  await wait(500); // Frida's last threads are still leaving the process.
  for (const target of targets.splice(0)) target.kill("SIGKILL");
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function build(python: string, name: string): string {
  const folder = join(home, name);
  mkdirSync(folder, { recursive: true });
  const ask = "import sysconfig; print(sysconfig.get_paths()['include'])";
  const include = execFileSync(python, ["-c", ask], { encoding: "utf8" }).trim();
  execFileSync("cc", ["-g", "-O2", "-shared", "-fPIC", `-I${include}`, "-o", join(folder, "kept.so"), source]);
  return folder;
}

const withHeaders = half(
  1,
  everyPython.filter(({ start: [path] }) => path.includes("/versions/")),
);

test.each(withHeaders)("CPython $name: what is kept past the C API, and nothing on a twin", async ({ start, name }) => {
  const target = spawn(start[0], [program, build(start[0], name)], { stdio: ["ignore", "pipe", "inherit"] });
  targets.push(target);
  await once(target.stdout, "data");
  const said = await runCli(["audit", String(target.pid), "kept", "--for", "5s", "--json"]);
  const { references, errors } = v.parse(auditDocument, JSON.parse(said.out));
  const found = [...references.findings, ...errors.findings].map(
    ({ rule, function: of, type }) => `${rule} ${of} ${type}`,
  );
  expect(found.sort()).toEqual([
    "extra-reference take_shared list",
    "leaked-reference Heap.tp_dealloc type",
    "leaked-reference Plain.tp_new kept.Plain",
    "leaked-reference Ring.tp_new kept.Ring",
    "leaked-reference Table.empty null",
    "leaked-reference Twice.tp_new type",
    "leaked-reference lose_memory null",
  ]);
  expect([said.code, target.exitCode, target.signalCode]).toEqual([1, null, null]);
  expect(references.modules[0]?.missed).toEqual([]);
});
