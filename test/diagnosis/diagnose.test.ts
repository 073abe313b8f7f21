// In: every example, and programs that run for long and leak nothing. Out: each leak is found, with its marked line;
// nothing else is called a leak. The interpreters take turns: a pair of twins shares one.
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Example, examples } from "../examples/manifest.ts";
import { pythons } from "../examples/pythons.ts";
import { type Diagnosed, diagnosed } from "./diagnosed.ts";

const atOnce = 2;
const seconds = 12;

const interpreters = pythons("3.8", "3.11", "3.13");
const leaky = examples().filter(({ leaks }) => leaks);
const twins = examples().filter(({ leaks }) => !leaks);
const folder = join(import.meta.dirname, "clean");
const clean = [
  ...twins.map(({ path }) => path),
  ...readdirSync(folder)
    .filter((name) => name.endsWith(".py") && name !== "pace.py")
    .map((name) => join(folder, name)),
];
const all = [...leaky.map(({ path }) => path), ...clean];
const outcomes = new Map<string, PromiseSettledResult<Diagnosed | undefined>>();

async function work(waiting: string[]): Promise<void> {
  for (let program = waiting.shift(); program; program = waiting.shift()) {
    const at = all.indexOf(program);
    const { path = "python3" } = interpreters[at % interpreters.length] ?? {};
    const [outcome] = await Promise.allSettled([diagnosed(program, path, seconds)]);
    outcomes.set(program, outcome);
  }
}

beforeAll(async () => {
  const waiting = [...all];
  await Promise.all(Array.from({ length: atOnce }, () => work(waiting)));
}, 1_200_000);

function outcomeOf(program: string): Diagnosed | undefined {
  const outcome = outcomes.get(program);
  if (outcome?.status === "rejected") throw outcome.reason;
  return outcome?.value;
}

const stands = ({ file, markedLines }: Example, { document }: Diagnosed): boolean =>
  document.suspects.some(({ allocationSite, blame }) => {
    const frames = [...(allocationSite ?? []), ...(blame ? [blame] : [])];
    return frames.some((row) => basename(row.file ?? "") === file && markedLines.includes(row.line ?? 0));
  });

describe("diagnosed from outside", () => {
  it.for(leaky)("$file leaks, on its marked line", (example, { skip }) => {
    const found = outcomeOf(example.path);
    if (found === undefined) return skip("the example cannot run here");
    const said = JSON.stringify({ ...found.document, notObserved: [] }, null, 1);
    expect([found.document.verdict, found.exit], said).toEqual(["leak", 1]);
    expect(stands(example, found), said).toBe(true);
    expect(found.kept.suspects).toEqual(found.document.suspects);
  });

  it.for(clean.map((path) => ({ path, name: basename(path) })))("$name is clean", ({ path }, { skip }) => {
    const found = outcomeOf(path);
    if (found === undefined) return skip("the program cannot run here");
    expect(found.document.verdict, JSON.stringify(found.document.suspects, null, 1)).toBe("clean");
    expect(found.exit).toBe(0);
  });
});
