// In: a thread that only reads the clock, and one that works. Out: how long an attach and a detach keep the first from
// running, beside the same time without either, and the speed of the second after the detach.
import { setTimeout as sleep } from "node:timers/promises";
import type { Interpreter } from "../test/examples/pythons.ts";
import { median, part, printFigure } from "./lib/figures.ts";
import { benchOptions } from "./lib/options.ts";
import { record } from "./lib/recording.ts";
import { startTarget, type Target } from "./lib/target.ts";

const recordSeconds = 3;
/** As long as an attach is watched for: what the machine alone does to the thread in that time. */
const quietMs = 1500;
/** Between attach and detach, counted to neither. */
const undisturbedMs = 1200;
/** Pairs of measurements before and after a recording. */
const turns = 4;

interface Gaps {
  readonly attach: number[];
  readonly detach: number[];
  readonly machine: number[];
}

const worst = async (target: Target) => Number(await target.say("worst"));

async function cycle(target: Target, into: Gaps): Promise<void> {
  await worst(target);
  await sleep(quietMs);
  into.machine.push(await worst(target));
  const recording = record(target.pid, recordSeconds);
  try {
    await recording.running;
    into.attach.push(await worst(target));
    await sleep(undisturbedMs);
    await worst(target);
    await recording.ended;
    into.detach.push(await worst(target));
  } finally {
    recording.remove();
  }
}

async function pauses({ name, path }: Interpreter, rounds: number): Promise<void> {
  const target = await startTarget(path, "gap.py");
  const gaps: Gaps = { attach: [], detach: [], machine: [] };
  try {
    for (let n = 0; n < rounds; n++) await cycle(target, gaps);
  } finally {
    await target.stop();
  }
  const shared = { runs: rounds, interleaved: true };
  const ms = (values: readonly number[]) => `${median(values).toFixed(1)} ms`;
  const most = (values: readonly number[]) => `${Math.max(...values).toFixed(1)} ms`;
  printFigure({ name: `attach ${name}: pause p50`, value: ms(gaps.attach), wanted: "<= 80 ms", ...shared });
  printFigure({ name: `attach ${name}: pause, worst`, value: most(gaps.attach), ...shared });
  printFigure({ name: `attach ${name}: detach pause p50`, value: ms(gaps.detach), wanted: "<= 10 ms", ...shared });
  printFigure({ name: `attach ${name}: detach pause, worst`, value: most(gaps.detach), ...shared });
  printFigure({ name: `attach ${name}: pause of the machine alone p50`, value: ms(gaps.machine), ...shared });
}

const rate = async (target: Target) => Number(await target.say("rate churn 0.5"));

/** Beside a process that nobody touches, in turns: what the machine does meets both. */
async function besideTwin(target: Target, twin: Target): Promise<number> {
  const ratios: number[] = [];
  for (let n = 0; n < turns; n++) ratios.push((await rate(target)) / (await rate(twin)));
  return median(ratios);
}

async function speedAfter({ name, path }: Interpreter, rounds: number): Promise<void> {
  const [target, twin] = [await startTarget(path, "speed.py"), await startTarget(path, "speed.py")];
  const ratios: number[] = [];
  try {
    for (let n = 0; n < rounds; n++) {
      const before = await besideTwin(target, twin);
      const recording = record(target.pid, 1);
      await recording.ended.finally(recording.remove);
      ratios.push((await besideTwin(target, twin)) / before);
    }
  } finally {
    await Promise.all([target.stop(), twin.stop()]);
  }
  const value = median(ratios).toFixed(3);
  printFigure({
    name: `attach ${name}: speed after detach`,
    value,
    wanted: ">= 0.98",
    runs: rounds,
    interleaved: true,
  });
}

const { interpreters, rounds } = benchOptions({ versions: ["3.8", "3.11", "3.13"], rounds: 15 });
for (const interpreter of interpreters) {
  await part(`attach ${interpreter.name}: pauses`, () => pauses(interpreter, rounds));
  await part(`attach ${interpreter.name}: speed after detach`, () => speedAfter(interpreter, rounds));
}
