// In: a pid and the options of `record`. Out: the real command line at work on it, and where its file is. Next: the bench.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const home = resolve(import.meta.dirname, "../..");
const pollMs = 20;
/** From the file's birth to the hooks: the attach and its barrier, with room to spare on a busy machine. */
const armingMs = 1000;

export interface BenchRecording {
  readonly file: string;
  /** The hooks are in, as far as can be told from outside. */
  readonly running: Promise<void>;
  /** Settles when the command has ended; throws when it did not end well. */
  readonly ended: Promise<void>;
  remove(): void;
}

async function fileAppears(file: string, over: () => boolean, ended: Promise<void>): Promise<void> {
  while (!existsSync(file) && !over()) await sleep(pollMs);
  // A recording that is over so soon has failed, and says why.
  await (over() ? ended : sleep(armingMs));
}

export function record(pid: number, seconds: number, ...more: readonly string[]): BenchRecording {
  const folder = mkdtempSync(join(tmpdir(), "refscope-bench-"));
  const file = join(folder, "bench.refscope");
  const words = ["cli/main.ts", "record", String(pid), "--for", `${seconds}s`, "--out", file, ...more];
  const child = spawn(process.execPath, words, { cwd: home, stdio: ["ignore", "ignore", "pipe"] });
  let talk = "";
  child.stderr.on("data", (text) => {
    talk += String(text);
  });
  const over = () => child.exitCode !== null || child.signalCode !== null;
  const end = async () => {
    await once(child, "close");
    if (child.exitCode !== 0) throw new Error(`refscope record: exit ${child.exitCode}: ${talk.trim().slice(-300)}`);
  };
  const ended = end();
  const running = fileAppears(file, over, ended);
  // Whoever awaits either hears of a failure; the other one must not end the bench before that.
  for (const one of [ended, running]) one.catch(() => {});
  return {
    file,
    running,
    ended,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
