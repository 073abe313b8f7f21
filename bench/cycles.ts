// In: a process that forks, takes signals and starts threads. Out: how it is after being attached to, recorded and left
// again and again: crashes, stops, cores left behind, and what grew after the warm-up.
import { setTimeout as sleep } from "node:timers/promises";
import type { Interpreter } from "../test/examples/pythons.ts";
import { part, printFigure } from "./lib/figures.ts";
import { type Health, healthOf } from "./lib/health.ts";
import { benchOptions } from "./lib/options.ts";
import { record } from "./lib/recording.ts";
import { startTarget, type Target } from "./lib/target.ts";

const warmUpCycles = 10;
const settleMs = 1000;

interface Tally {
  cycles: number;
  failed: number;
  stopped: number;
  readonly why: string[];
}

/** False when the target is gone and there is nothing to go on with. */
async function cycle(target: Target, tally: Tally): Promise<boolean> {
  const recording = record(target.pid, 1);
  const problem = await recording.ended.then(() => undefined, String);
  recording.remove();
  tally.cycles += 1;
  if (problem !== undefined) {
    tally.failed += 1;
    tally.why.push(problem);
  }
  if (target.ended()) return false;
  tally.stopped += healthOf(target.pid).stopped ? 1 : 0;
  return true;
}

async function run(target: Target, cycles: number, tally: Tally): Promise<Health | undefined> {
  let warm: Health | undefined;
  while (tally.cycles < cycles) {
    if (!(await cycle(target, tally))) return undefined;
    if (tally.cycles === Math.min(warmUpCycles, cycles)) {
      await sleep(settleMs);
      warm = healthOf(target.pid);
    }
  }
  await sleep(settleMs);
  return warm;
}

/** The child processes and the work of its own threads tell whether a target that lives also works. */
async function works(target: Target): Promise<string> {
  const [before] = (await target.say("done")).split(" ");
  await sleep(settleMs);
  const [after, badChildren] = (await target.say("done")).split(" ");
  const working = Number(after) > Number(before) ? "all threads work" : "a thread has stopped working";
  return `${working}, ${badChildren} bad children`;
}

function printGrowth(name: string, warm: Health, end: Health, runs: number): void {
  const from = (key: keyof Health) => `${Number(warm[key]).toFixed(0)} to ${Number(end[key]).toFixed(0)}`;
  printFigure({ name: `${name}: cores in the target`, value: String(end.cores), wanted: "1", runs });
  printFigure({ name: `${name}: file descriptors`, value: from("files"), wanted: "flat", runs });
  printFigure({ name: `${name}: mappings`, value: from("mappings"), wanted: "flat", runs });
  printFigure({ name: `${name}: threads`, value: from("threads"), wanted: "flat", runs });
  printFigure({ name: `${name}: RSS in MB`, value: from("rssMegabytes"), wanted: "flat", runs });
}

async function measure({ name: python, path }: Interpreter, cycles: number): Promise<void> {
  const name = `cycles ${python}`;
  const tally: Tally = { cycles: 0, failed: 0, stopped: 0, why: [] };
  const target = await startTarget(path, "busy.py");
  try {
    const warm = await run(target, cycles, tally);
    const runs = tally.cycles;
    printFigure({ name: `${name}: crashes`, value: target.ended() ? "1" : "0", wanted: "0", runs });
    printFigure({ name: `${name}: recordings that failed`, value: String(tally.failed), wanted: "0", runs });
    printFigure({ name: `${name}: found stopped or traced`, value: String(tally.stopped), wanted: "0", runs });
    for (const why of new Set(tally.why)) process.stderr.write(`${name}: ${why}\n`);
    if (warm === undefined) return;
    printGrowth(name, warm, healthOf(target.pid), runs);
    const value = await works(target);
    printFigure({ name: `${name}: afterwards`, value, wanted: "all threads work, 0 bad children", runs });
  } finally {
    await target.stop();
  }
}

const { interpreters, cycles } = benchOptions({ versions: ["3.8", "3.11", "3.13"], rounds: 1 });
for (const interpreter of interpreters) await part(`cycles ${interpreter.name}`, () => measure(interpreter, cycles));
