// In: a target that works at full speed. Out: the part of its speed it keeps while its lifecycle is recorded, beside
// tracemalloc in the same process and memray in a second one (Refscope refuses a process that memray has patched), all in
// turns, each measurement next to one with nothing switched on.
import type { Interpreter } from "../test/examples/pythons.ts";
import { median, part, printFigure, printMissing } from "./lib/figures.ts";
import { type Memray, memrayFor } from "./lib/memray.ts";
import { benchOptions } from "./lib/options.ts";
import { record } from "./lib/recording.ts";
import { startTarget, type Target } from "./lib/target.ts";

/** Floors: the part of the speed that is left, and how many times that of the others. */
const wanted = [
  { frames: 1, speed: 0.75, tracemalloc: 4, memray: 1.5 },
  { frames: 16, speed: 0.5, tracemalloc: 8, memray: undefined },
] as const;
const works = ["churn", "json"] as const;
const measureSeconds = 1;

type Work = (typeof works)[number];
type Wanted = (typeof wanted)[number];
interface Targets {
  readonly target: Target;
  readonly withMemray: Target | undefined;
}
interface Speeds {
  readonly ours: number[];
  readonly tracemalloc: number[];
  readonly memray: number[];
  readonly after: number[];
}

const rate = async (target: Target, work: Work) => Number(await target.say(`rate ${work} ${measureSeconds}`));

async function whileRecorded(target: Target, work: Work, frames: number): Promise<number> {
  const recording = record(target.pid, 4, "--frames", String(frames));
  try {
    await recording.running;
    const speed = await rate(target, work);
    await recording.ended;
    return speed;
  } finally {
    recording.remove();
  }
}

async function whileTraced(target: Target, work: Work, tracer: string): Promise<number> {
  await target.say(tracer);
  const speed = await rate(target, work);
  await target.say("off");
  return speed;
}

/** A B A C, and A D in the process of memray: each beside its own measurement of the untouched speed. */
async function round({ target, withMemray }: Targets, work: Work, frames: number, into: Speeds): Promise<void> {
  const before = await rate(target, work);
  into.ours.push((await whileRecorded(target, work, frames)) / before);
  const after = await rate(target, work);
  into.after.push(after / before);
  into.tracemalloc.push((await whileTraced(target, work, `tracemalloc ${frames}`)) / after);
  if (withMemray === undefined) return;
  const untouched = await rate(withMemray, work);
  into.memray.push((await whileTraced(withMemray, work, "memray /dev/null")) / untouched);
}

function print(name: string, goal: Wanted, speeds: Speeds): void {
  const ours = median(speeds.ours);
  const shared = { runs: speeds.ours.length, interleaved: true };
  const times = (other: readonly number[]) => `${(ours / median(other)).toFixed(1)} x`;
  printFigure({ name: `${name}: speed left`, value: ours.toFixed(2), wanted: `>= ${goal.speed}`, ...shared });
  printFigure({
    name: `${name}: beside tracemalloc(${goal.frames}), which leaves ${median(speeds.tracemalloc).toFixed(2)}`,
    value: times(speeds.tracemalloc),
    wanted: `>= ${goal.tracemalloc} x`,
    ...shared,
  });
  if (speeds.memray.length > 0) {
    const floor = goal.memray === undefined ? {} : { wanted: `>= ${goal.memray} x` };
    printFigure({
      name: `${name}: beside memray, which leaves ${median(speeds.memray).toFixed(2)}`,
      value: times(speeds.memray),
      ...floor,
      ...shared,
    });
  }
  printFigure({
    name: `${name}: speed after detach`,
    value: median(speeds.after).toFixed(2),
    wanted: ">= 0.98",
    ...shared,
  });
}

async function startBoth({ path }: Interpreter, memray: Memray): Promise<Targets> {
  const target = await startTarget(path, "speed.py");
  const withMemray = memray.kind === "here" ? await startTarget(memray.python, "speed.py") : undefined;
  return { target, withMemray };
}

async function measure(targets: Targets, name: string, work: Work, goal: Wanted, rounds: number): Promise<void> {
  const speeds: Speeds = { ours: [], tracemalloc: [], memray: [], after: [] };
  await rate(targets.target, work);
  for (let n = 0; n < rounds; n++) await round(targets, work, goal.frames, speeds);
  print(`${name} ${work} ${goal.frames} frames`, goal, speeds);
}

async function measureAll(interpreter: Interpreter, rounds: number): Promise<void> {
  const name = `lifecycle ${interpreter.name}`;
  const memray = memrayFor(interpreter);
  if (memray.kind === "none") printMissing(`${name}: beside memray`, memray.why);
  const targets = await startBoth(interpreter, memray);
  try {
    for (const work of works) for (const goal of wanted) await measure(targets, name, work, goal, rounds);
  } finally {
    await targets.target.stop();
    await targets.withMemray?.stop();
  }
}

const { interpreters, rounds } = benchOptions({ versions: ["3.8", "3.11", "3.13"], rounds: 5 });
for (const interpreter of interpreters)
  await part(`lifecycle ${interpreter.name}`, () => measureAll(interpreter, rounds));
