// Names of programs in, running processes out that end with the test. Used by the tests of this folder and of test/cli.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

const running: ChildProcess[] = [];
/** Also runs on Python 2. */
const sleeping = "import sys, time; sys.stdout.write('ready\\n'); sys.stdout.flush(); time.sleep(600)";

/** minor version → interpreter, of what pyenv and Debian installed here. */
export function pythons(): ReadonlyMap<string, string> {
  const paths = globSync(`${homedir()}/.pyenv/versions/*/bin/python`);
  return new Map(paths.map((path) => [/versions\/(\d+\.\d+)/.exec(path)?.[1] ?? path, path]));
}
export const supported = (): readonly (readonly [string, string])[] =>
  [...pythons()].filter(([version]) => /^3\.([89]|1\d)$/.test(version));
export const newest = (): string =>
  supported()
    .toSorted(([a], [b]) => a.localeCompare(b, "en", { numeric: true }))
    .at(-1)?.[1] ?? "python3";
export const debianPython = existsSync("/usr/bin/python3.11") ? "/usr/bin/python3.11" : undefined;

/** A program that says "ready" and waits. */
export async function startReady(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const child = start(program, words, env);
  await once(child.stdout ?? child, "data");
  return pidOf(child);
}
export const startPython = (
  python: string,
  env?: Readonly<Record<string, string>>,
  words: readonly string[] = [],
): Promise<number> => startReady(python, ["-c", sleeping, ...words], env);

export function start(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, ...env } });
  running.push(child);
  return child;
}
export function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error("not started");
  return child.pid;
}

export function endAll(): void {
  for (const child of running.splice(0)) {
    child.kill("SIGCONT");
    child.kill("SIGKILL");
  }
}

export const stateOf = (pid: number): string =>
  /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "";

/** Waits for what another process does; the test's own time limit ends a wait in vain. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(20);
}
