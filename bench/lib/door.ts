// The words of a program that serves the page in; it running, and its link, out. Next: renderer.ts.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { home } from "./recording.ts";

export interface Child {
  readonly first: string;
  readonly child: ChildProcess;
  readonly end: () => Promise<void>;
}

/** Running, after its first line. */
export async function startChild(program: string, words: readonly string[], env = process.env): Promise<Child> {
  const child = spawn(program, words, { cwd: home, stdio: ["pipe", "pipe", "inherit"], env });
  const line = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
  if (line.done) throw new Error(`${program} ${words[0]} ended before it printed a line`);
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGINT");
    await gone;
  };
  return { first: line.value, child, end };
}
