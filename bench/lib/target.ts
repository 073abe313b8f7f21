// In: an interpreter and a program of targets/. Out: its process, which answers a line with a line. Next: the bench.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/** Frida's last threads leave a target shortly after the detach; a target that exits meanwhile may crash. */
const afterDetachMs = 500;

export interface Target {
  readonly pid: number;
  /** One command, one answer. Throws when the target has ended. */
  say(command: string): Promise<string>;
  ended(): boolean;
  stop(): Promise<void>;
}

export async function startTarget(python: string, program: string): Promise<Target> {
  const path = join(import.meta.dirname, "../targets", program);
  const child = spawn(python, ["-u", path], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const next = async () => {
    const line = await lines.next();
    if (line.done) throw new Error(`${program} ended: ${child.signalCode ?? child.exitCode}`);
    return line.value;
  };
  const say = (command: string) => {
    child.stdin.write(`${command}\n`);
    return next();
  };
  const stop = async () => {
    await sleep(afterDetachMs);
    if (ended()) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  // A write to a target that has died is told by `next`.
  child.stdin.on("error", () => {});
  const [, pid] = (await next()).split(" ");
  return { pid: Number(pid), say, ended, stop };
}
