// Nothing in, the example service running as a process of its own out. Next: verbs/demo.ts attaches to it as to any stranger.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import { fail, ok, type Result } from "../shared/failures.ts";

export interface DemoService {
  readonly pid: number;
  readonly name: string;
  stop(): Promise<void>;
}

const root = resolve(import.meta.dirname, "..");
const manifest = v.array(v.object({ file: v.string(), demo: v.optional(v.boolean(), false) }));
/** It ends by itself should we be killed before we end it. */
const longestLifeSeconds = 120;
const readyWithinMs = 10_000;
/** A target that exits in the moment of detaching has been seen to crash. */
const afterDetachMs = 500;
/** The shell ends at once, so the service is nobody's child and Frida's process does not collect it. */
const startDetached = `timeout ${longestLifeSeconds} "$@" &`;

export async function startDemoService(): Promise<Result<DemoService>> {
  const rows = v.parse(manifest, JSON.parse(readFileSync(join(root, "examples/manifest.json"), "utf8")));
  const name = `examples/${rows.find(({ demo }) => demo)?.file ?? "leaky_service.py"}`;
  const program = python();
  const shell = spawn("sh", ["-c", startDetached, "sh", program, "-u", join(root, name)], {
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  const broken = new Promise<string>((done) => shell.once("error", ({ message }) => done(message)));
  const ready = await Promise.race([
    readyLine(shell.stdout),
    broken,
    wait(readyWithinMs).then(() => "it did not get ready"),
  ]);
  shell.stdout.destroy();
  const pid = Number(/^ready (\d+)$/.exec(ready)?.[1]);
  if (Number.isNaN(pid)) return fail("program-not-started", { program: `${program} ${name}`, why: ready });
  return ok({ pid, name, stop: () => stop(pid) });
}

async function readyLine(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) return line;
  return "it ended at once";
}

async function stop(pid: number): Promise<void> {
  await wait(afterDetachMs);
  try {
    process.kill(pid);
  } catch {
    // It has ended already.
  }
}

/** Refscope's own virtual environment runs the Python of this machine. */
function python(): string {
  const own = join(root, ".venv/bin/python");
  return existsSync(own) ? own : "python3";
}
