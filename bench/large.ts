// Recordings of 1 GB in; how long they take to seal, to open, to ask one thing, to compare and to verify, out. Beside each time the CPU it took: others may
// use the machine meanwhile.
import { copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine, type Engine } from "../engine/engine.ts";
import { Library } from "../engine/session/library.ts";
import { openRecording } from "../engine/store/reader.ts";
import { median, printFigure } from "./lib/figures.ts";
import { type LargeShape, mixed, must, recordLarge } from "./lib/large-shapes.ts";

const wide: LargeShape = { name: "200,000 sites", keys: 200_000, rows: 20_000, holds: 0, depth: 8 };
const gigabyte = 2 ** 30;
const runs = 5;

interface Time {
  readonly ms: number;
  readonly cpuMs: number;
}
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
async function timed(act: () => unknown): Promise<Time> {
  const [started, cpu] = [performance.now(), cpuMs()];
  await act();
  return { ms: performance.now() - started, cpuMs: cpuMs() - cpu };
}
function print(name: string, times: readonly Time[], wanted?: string): void {
  const each = (of: (time: Time) => number) => median(times.map(of)).toFixed(0);
  const value = `${each(({ ms }) => ms)} ms, ${each((time) => time.cpuMs)} ms of CPU`;
  printFigure({ name: `large: ${name}`, value, runs: times.length, ...(wanted === undefined ? {} : { wanted }) });
}

/** How long nothing else of this process runs meanwhile, at most. */
async function sealed(path: string, shape: LargeShape, size: number, name: string): Promise<void> {
  const recorder = recordLarge(path, shape, size);
  let [longest, last] = [0, performance.now()];
  const ticking = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  const time = await timed(async () => must(await recorder.finishAside(undefined)));
  clearInterval(ticking);
  print(`${name}: finish and seal ${(statSync(path).size / 1e9).toFixed(2)} GB`, [time]);
  printFigure({ name: `large: ${name}: longest silence meanwhile`, value: `${longest.toFixed(0)} ms`, runs: 1 });
}

const questions: Readonly<Record<string, (engine: Engine, path: string) => Promise<unknown>>> = {
  report: async (engine, path) => must(await engine.call("recording.report", { path })),
  series: async (engine, path) => must(await engine.call("recording.series", { path, buckets: 600 })),
  types: async (engine, path) => must(await engine.call("recording.types", { path, limit: 200 })),
  sites: async (engine, path) => must(await engine.call("recording.sites", { path, limit: 200 })),
  "sites of a type": async (engine, path) =>
    must(await engine.call("recording.sites", { path, type: "package.Type7", limit: 100 })),
  survivors: async (engine, path) => must(await engine.call("recording.survivors", { path, from: 20, to: 60 })),
  gil: async (engine, path) => must(await engine.call("gil.report", { path })),
  lanes: async (engine, path) =>
    must(await engine.call("gil.lanes", { path, fromMs: 0, toMs: 100_000, buckets: 1000 })),
  holds: async (engine, path) =>
    must(await engine.call("gil.holds", { path, fromMs: 10_000, toMs: 10_100, limit: 1000 })),
  errors: async (engine, path) => must(await engine.call("errors.report", { path })),
  "error rates": async (engine, path) => must(await engine.call("errors.series", { path, buckets: 600 })),
};

async function ask(path: string, name: string): Promise<void> {
  const opening = Array.from({ length: runs }, () => timed(() => must(openRecording(path)).close()));
  print(`${name}: open`, await Promise.all(opening), "≤ 1500 ms");
  const engine = createEngine(new Library(join(path, "..")));
  for (const [question, act] of Object.entries(questions)) {
    const first = await timed(() => act(engine, path));
    print(`${name}: ${question}, first`, [first], question === "report" ? "≤ 1500 ms" : "≤ 200 ms");
    const more: Time[] = [];
    for (let run = 0; run < runs; run++) more.push(await timed(() => act(engine, path)));
    print(`${name}: ${question}, again`, more, "≤ 200 ms");
  }
  print(`${name}: verify`, [await timed(async () => must(await engine.work({ kind: "verify", path })))], "≤ 10 s");
  await engine.close();
}

async function compareTwo(folder: string): Promise<void> {
  const [a, b] = [join(folder, "a.refscope"), join(folder, "b.refscope")];
  for (const path of [a, b]) must(recordLarge(path, mixed, gigabyte / 10).finish(undefined));
  const engine = createEngine(new Library(folder));
  const times: Time[] = [];
  for (let run = 0; run < 3; run++)
    times.push(await timed(async () => must(await engine.call("recording.compare", { a, b }))));
  print("compare two of 0.1 GB", times, "≤ 3000 ms");
  await engine.close();
}

async function listHundred(folder: string): Promise<void> {
  const first = join(folder, "0.refscope");
  must(recordLarge(first, { ...mixed, keys: 200, rows: 100, holds: 100 }, 2 ** 20).finish(undefined));
  for (let at = 1; at < 100; at++) copyFileSync(first, join(folder, `${at}.refscope`));
  const engine = createEngine(new Library(folder));
  const list = async () => must(await engine.call("sessions.list", {}));
  print("list of 100, first", [await timed(list)]);
  print("list of 100, again", [await timed(list), await timed(list), await timed(list)]);
  await engine.close();
}

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "refscope-large-"));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const shape of [mixed, wide])
  await inFolder(async (folder) => {
    const path = join(folder, "large.refscope");
    await sealed(path, shape, gigabyte, shape.name);
    await ask(path, shape.name);
  });
await inFolder(compareTwo);
await inFolder(listHundred);
