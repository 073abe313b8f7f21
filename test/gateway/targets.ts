// Python programs for the contract suite: each started by the test, none by Frida, gone when the test is over.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Pid, pid as toPid } from "../../shared/units.ts";

export interface Target {
  readonly pid: Pid;
  say(line: string): void;
  /** The state letter of proc_pid_stat(5), or undefined when it is gone. */
  state(): string | undefined;
  ended(): Promise<void>;
  end(): Promise<void>;
}

/** Says "ready", then runs every line it reads as Python. */
const program = `
import sys, os, signal, ctypes, threading, time
print("ready", flush=True)
for line in sys.stdin:
    exec(line)
`;

export async function startTarget(): Promise<Target> {
  const child = spawn("python3", ["-u", "-c", program], { stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.on("error", () => undefined);
  const gone = once(child, "exit").then(() => undefined);
  await once(child.stdout, "data");
  child.stdout.resume();
  const pid = toPid(child.pid ?? 0);
  return {
    pid,
    say: (line) => void child.stdin.write(`${line}\n`),
    state: () => stateOf(pid),
    ended: () => gone,
    end: () => end(child, gone),
  };
}

async function end(child: ChildProcess, gone: Promise<void>): Promise<void> {
  await sleep(500); // Frida's last threads are still leaving the process.
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await gone;
}

function stateOf(pid: Pid): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2)[0];
  } catch {
    return undefined;
  }
}
