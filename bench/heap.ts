// In: a program with three million objects. Out: how long it waits for a snapshot, how long the walk takes beside it, and what guppy3 and objgraph take
// for their nearest equivalent, which stops the program for all of it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { snapshotDocument } from "../shared/heap-taken.ts";
import type { Interpreter } from "../test/examples/pythons.ts";
import { median, part, printFigure, printMissing } from "./lib/figures.ts";
import { benchOptions } from "./lib/options.ts";
import { home } from "./lib/recording.ts";
import { startTarget, type Target } from "./lib/target.ts";
import { wheelFor } from "./lib/wheels.ts";

const pauseMs = 25;
const pausePerGigabyte = 20;

function snapshot(pid: number) {
  const folder = mkdtempSync(join(tmpdir(), "refscope-bench-"));
  try {
    const words = ["cli/main.ts", "snapshot", String(pid), "--out", join(folder, "heap.refscope"), "--json"];
    const ended = spawnSync(process.execPath, words, { cwd: home, encoding: "utf8", maxBuffer: 1 << 28 });
    if (ended.status !== 0)
      throw new Error(`refscope snapshot: exit ${ended.status}: ${ended.stderr.trim().slice(-300)}`);
    return v.parse(snapshotDocument, JSON.parse(ended.stdout));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ours(target: Target, title: string, rounds: number): Promise<void> {
  const gigabytes = Number(await target.say("rss")) / 1000;
  const taken: { readonly document: ReturnType<typeof snapshot>; readonly seen: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    await target.say("worst");
    const document = snapshot(target.pid);
    taken.push({ document, seen: Number(await target.say("worst")) });
  }
  const [first] = taken;
  if (!first) return;
  const { objects, edges } = first.document;
  const wanted = pauseMs + pausePerGigabyte * gigabytes;
  const of = (read: (row: (typeof taken)[number]) => number) => median(taken.map(read));
  const figure = (name: string, value: string, most?: string) =>
    printFigure({ name: `${title}: ${name}`, value, runs: rounds, ...(most === undefined ? {} : { wanted: most }) });
  figure("snapshot of", `${objects} objects, ${edges} references, ${gigabytes.toFixed(2)} GB resident`);
  figure("pause, as told", `${of((row) => row.document.pauseMs).toFixed(1)} ms`, `<= ${wanted.toFixed(0)} ms`);
  figure("longest gap that its thread saw, attach included", `${of(({ seen }) => seen).toFixed(0)} ms`);
  figure("walk beside it", `${of((row) => row.document.seconds).toFixed(2)} s`, "<= 2 s");
}

async function beside(
  interpreter: Interpreter,
  title: string,
  tool: "objgraph" | "guppy",
  wheel: string,
): Promise<void> {
  const found = wheelFor(interpreter, wheel);
  if (found.kind === "none") return printMissing(`${title}: ${wheel}`, found.why);
  const target = await startTarget(found.python, "heap.py");
  try {
    await target.say("worst");
    const seconds = Number(await target.say(tool));
    const gap = Number(await target.say("worst"));
    const value = `${seconds.toFixed(2)} s, the longest gap that its thread saw ${gap.toFixed(0)} ms`;
    printFigure({ name: `${title}: ${wheel}, types and counts within the program`, value, runs: 1 });
  } finally {
    await target.stop();
  }
}

const { interpreters, rounds } = benchOptions({ versions: ["3.8", "3.11", "3.13"], rounds: 3 });
for (const interpreter of interpreters) {
  const title = `heap ${interpreter.name}`;
  await part(title, async () => {
    const target = await startTarget(interpreter.path, "heap.py");
    try {
      await ours(target, title, rounds);
    } finally {
      await target.stop();
    }
    await beside(interpreter, title, "objgraph", "objgraph");
    await beside(interpreter, title, "guppy", "guppy3");
  });
}
