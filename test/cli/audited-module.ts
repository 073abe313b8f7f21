// The source of an extension module and a program that calls it in; the module built, the program started, an audit of it as a document
// out. Used by the tests of this folder that plant a module.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { auditDocument } from "../../shared/audit-result.ts";
import { ended, home, startCli } from "./run-cli.ts";

const fixture = (name: string): string => resolve(import.meta.dirname, "../fixtures", name);

/** Function → rules with their lines, as the marks at the ends of lines say. */
export function marksOf(source: string): ReadonlyMap<string, string> {
  let name = "";
  const found = readFileSync(fixture(source), "utf8")
    .split("\n")
    .flatMap((line, at): [string, string][] => {
      name = /^static PyObject \*(\w+)\(/.exec(line)?.[1] ?? name;
      const rule = /\/\* ([a-z]+(?:-[a-z]+)+) \*\/$/.exec(line)?.[1];
      return rule ? [[name, `${rule} ${at + 1}`]] : [];
    });
  return new Map(found);
}

export function buildModule(python: string, name: string, source: string): string {
  const folder = join(home, name);
  mkdirSync(folder, { recursive: true });
  const ask = "import sysconfig; print(sysconfig.get_paths()['include'])";
  const include = execFileSync(python, ["-c", ask], { encoding: "utf8" }).trim();
  const out = join(folder, `${basename(source, ".c")}.so`);
  execFileSync("cc", ["-g", "-O2", "-shared", "-fPIC", `-I${include}`, "-o", out, fixture(source)]);
  return folder;
}

export interface Caller {
  readonly child: ChildProcess;
  readonly pid: string;
  say(line: string): Promise<void>;
}

export async function startCaller(python: string, program: string, folder: string): Promise<Caller> {
  const child = spawn(python, [fixture(program), folder], { stdio: ["pipe", "pipe", "inherit"] });
  const started = await Promise.race([once(child.stdout, "data"), once(child, "exit").then(() => undefined)]);
  if (started === undefined) throw new Error(`${program} did not start`);
  const say = async (line: string) => {
    child.stdin.write(`${line}\n`);
    await once(child.stdout, "data");
  };
  return { child, pid: String(child.pid), say };
}

/** Audits while `act` runs; Ctrl-C ends it. */
export async function auditOf(pid: string, words: readonly string[], act: () => Promise<void>) {
  const cli = startCli(["audit", pid, ...words, "--json"]);
  const said = ended(cli);
  await Promise.race([once(cli.stderr ?? cli, "data"), said]);
  await act();
  await wait(300);
  cli.kill("SIGINT");
  const { code, out } = await said;
  const document = v.parse(auditDocument, JSON.parse(out));
  return { code, document, found: [...document.references.findings, ...document.errors.findings] };
}
