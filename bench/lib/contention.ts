// In: an interpreter. Out: a target that contends and raises, and each way to look at it meanwhile: ours, py-spy from outside, gilknocker
// from inside. Next: gil.ts, errors.ts.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Interpreter } from "../../test/examples/pythons.ts";
import { median, printFigure, printMissing } from "./figures.ts";
import { record } from "./recording.ts";
import { startTarget, type Target } from "./target.ts";
import { wheelFor } from "./wheels.ts";

const measureSeconds = 1;
/** Longer than one measurement and what comes before it. */
const lookSeconds = 4;
const beginMs = 1000;
/** gilknocker's own usual interval. */
const knockMicroseconds = 1000;

type Measure = () => Promise<number>;
/** What `measure` gives while something looks at the target. */
interface Way {
  readonly name: string;
  while(target: Target, measure: Measure): Promise<number>;
}

const ours = (collect: string): Way => ({
  name: "refscope",
  async while(target, measure) {
    const recording = record(target.pid, lookSeconds, "--collect", collect);
    try {
      await recording.running;
      const speed = await measure();
      await recording.ended;
      return speed;
    } finally {
      recording.remove();
    }
  },
});

const pySpy = (python: string): Way => ({
  name: "py-spy --gil at 200 Hz",
  async while({ pid }, measure) {
    const words = [
      "record",
      "--gil",
      "-r",
      "200",
      "-d",
      `${lookSeconds}`,
      "-o",
      "/dev/null",
      "-f",
      "raw",
      "-p",
      `${pid}`,
    ];
    const child = spawn(join(dirname(python), "py-spy"), words, { stdio: "ignore" });
    const ended = once(child, "close");
    await sleep(beginMs);
    const speed = await measure();
    const over = child.exitCode !== null;
    await ended;
    if (over || child.exitCode !== 0)
      throw new Error(`py-spy ended with ${child.exitCode}, before the measurement: ${over}`);
    return speed;
  },
});

const gilknocker: Way = {
  name: "gilknocker",
  async while(target, measure) {
    await target.say(`knock ${knockMicroseconds}`);
    const speed = await measure();
    await target.say("off");
    return speed;
  },
};

interface Contention {
  readonly target: Target;
  readonly ways: readonly Way[];
}

/** A Python of a venv is the same program; gilknocker needs to be imported by it. */
export async function startContention(interpreter: Interpreter, collect: string, title: string): Promise<Contention> {
  const [knocker, spy] = [wheelFor(interpreter, "gilknocker"), wheelFor(interpreter, "py-spy")];
  if (knocker.kind === "none") printMissing(`${title}: beside gilknocker`, knocker.why);
  if (spy.kind === "none") printMissing(`${title}: beside py-spy`, spy.why);
  const python = knocker.kind === "here" ? knocker.python : interpreter.path;
  const others = [
    ...(spy.kind === "here" ? [pySpy(spy.python)] : []),
    ...(knocker.kind === "here" ? [gilknocker] : []),
  ];
  return { target: await startTarget(python, "contend.py"), ways: [ours(collect), ...others] };
}

/** Each way in turn, next to a measurement with nothing switched on. */
export async function compare(
  { target, ways }: Contention,
  title: string,
  work: string,
  rounds: number,
  wanted: string,
): Promise<void> {
  const measure = async () => Number(await target.say(`rate ${work} ${measureSeconds}`));
  const bare: number[] = [];
  const costs = new Map<string, number[]>(ways.map(({ name }) => [name, []]));
  await measure();
  for (let round = 0; round < rounds; round++)
    for (const way of ways) {
      const untouched = await measure();
      bare.push(untouched);
      costs.get(way.name)?.push(untouched / (await way.while(target, measure)));
    }
  const speed = `${(median(bare) / 1e6).toFixed(2)} M a second`;
  for (const { name } of ways) {
    const goal = name === "refscope" ? { wanted } : {};
    const value = `${median(costs.get(name) ?? []).toFixed(2)} x`;
    printFigure({
      name: `${title} ${work} (${speed}): time with ${name}`,
      value,
      ...goal,
      runs: rounds,
      interleaved: true,
    });
  }
}
