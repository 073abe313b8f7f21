// In: an example and an interpreter. Out: what the real command line reports after recording it as a stranger's process.
// Next: diagnose-examples.test.ts.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { type Report, report } from "../../shared/documents.ts";
import { type Example, home } from "./manifest.ts";

/** A cache that fills at the start is no leak; the demo's takes three seconds. */
const settleMs = ({ demo }: Example) => (demo ? 4000 : 1500);
/** Frida's last threads leave a target shortly after the detach; a target that exits meanwhile may crash. */
const afterDetachMs = 500;

interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return text;
}

export async function refscope(...words: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(home, "cli/main.ts"), ...words], {
    cwd: home,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const closed = once(child, "close");
  const [out, err] = await Promise.all([collect(child.stdout), collect(child.stderr)]);
  await closed;
  return { exit: child.exitCode, out, err };
}

function expectFine(words: string, { exit, err }: Ended): void {
  if (exit !== 0) throw new Error(`refscope ${words}: exit ${exit}: ${err.trim()}`);
}

async function recordAndReport(pid: string, file: string): Promise<Report> {
  const recorded = await refscope("record", pid, "--for", "7s", "--frames", "4", "--out", file);
  expectFine("record", recorded);
  const reported = await refscope("report", file, "--json");
  expectFine("report", reported);
  return v.parse(report, JSON.parse(reported.out));
}

/** Undefined when the example says that it cannot run here. */
export async function recorded(example: Example, python: string): Promise<Report | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "refscope-example-"));
  const target = spawn(python, ["-u", example.path], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const ready = await createInterface(target.stdout)[Symbol.asyncIterator]().next();
    const [word, pid] = ready.done ? [] : ready.value.split(" ");
    if (word !== "ready" || pid === undefined) return undefined;
    await sleep(settleMs(example));
    const found = await recordAndReport(pid, join(folder, "example.refscope"));
    await sleep(afterDetachMs);
    if (target.exitCode !== null || target.signalCode !== null) throw new Error(`${example.file} ended`);
    return found;
  } finally {
    target.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}
