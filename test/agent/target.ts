// A Python and a program in, a running process out that does what it is told and answers. It is no child of what embeds Frida. Next: the tests.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { type Pid, pid as toPid } from "../../shared/units.ts";
import type { Python } from "./pythons.ts";

/** Each line is a program as JSON; `reply(value)` answers it. */
const loop = `
import sys, os, json, gc, threading, time, signal
def reply(value=None):
    sys.stdout.write(json.dumps(value) + "\\n"); sys.stdout.flush()
reply("ready")
for line in sys.stdin:
    exec(compile(json.loads(line), "<told>", "exec"), globals())
`;

export interface Target {
  readonly pid: Pid;
  /** Runs a program in it and gives what it replies. */
  ask(program: string): Promise<unknown>;
  say(program: string): void;
  /** Exit code or signal, once it has ended. */
  readonly ended: Promise<string>;
  alive(): boolean;
  end(): Promise<void>;
}

const running: Target[] = [];

export async function startTarget(
  python: Python,
  options: { readonly words?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Target> {
  const [program, ...words] = [...python.start, ...(options.words ?? []), "-u", "-c", loop];
  const env = { ...process.env, ...options.env };
  const child = spawn(program ?? "", words, { stdio: ["pipe", "pipe", "inherit"], env });
  const target = conversing(child);
  running.push(target);
  await target.ask("");
  return target;
}

function conversing(child: ChildProcess & { stdin: NodeJS.WritableStream; stdout: NodeJS.ReadableStream }): Target {
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, "exit").then(([code, signal]) => String(code ?? signal));
  const say = (text: string) => void child.stdin.write(`${JSON.stringify(text)}\n`);
  const pid = toPid(child.pid ?? 0);
  const alive = () => child.exitCode === null && child.signalCode === null;
  return {
    pid,
    say,
    ended,
    alive,
    async ask(text) {
      if (text !== "") say(text);
      const { value, done } = await lines.next();
      if (done) throw new Error(`the target is gone: ${await ended}`);
      return JSON.parse(value);
    },
    async end() {
      await sleep(500); // Frida's last threads are still leaving the process.
      if (alive()) child.kill("SIGKILL");
      await ended;
    },
  };
}

/** After each test; a target that died by itself is what every test looks for. */
export async function endTargets(): Promise<void> {
  await Promise.all(running.splice(0).map((target) => target.end()));
}

export const mapsOf = (pid: Pid): readonly string[] => readFileSync(`/proc/${pid}/maps`, "utf8").trim().split("\n");
export const filesOf = (pid: Pid): number => readdirSync(`/proc/${pid}/fd`).length;
export const coresIn = (pid: Pid): number =>
  mapsOf(pid).filter((line) => /memfd:refscope-core/.test(line) && / r-xp /.test(line)).length;
