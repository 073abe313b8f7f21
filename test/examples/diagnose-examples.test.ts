// In: every example, recorded from outside by the real command line, three at a time. Out: a leaky one's marked line stands
// first in the report, a clean one has no site that grows steadily. The interpreters take turns: a pair of twins shares one.
import { basename } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../shared/documents.ts";
import { type Example, examples } from "./manifest.ts";
import { pythons } from "./pythons.ts";
import { recorded } from "./recorded.ts";

const atOnce = 3;
/** A clean example may grow a little by chance; the leaks grow by 100 a second and more. */
const chance = { objectsPerSecond: 5, bytesPerSecond: 1000 };
const steady = 0.8;

type Site = Report["lifecycle"]["sites"][number];
type Outcome = PromiseSettledResult<Report | undefined>;

const all = examples();
const interpreters = pythons("3.8", "3.11", "3.13");
const outcomes = new Map<string, Outcome>();

function interpreterOf(example: Example): string {
  const pair = Math.floor(all.indexOf(example) / 2);
  return interpreters[pair % interpreters.length]?.path ?? "python3";
}

/** One of the workers that share the list: takes the next example until none is left. */
async function work(waiting: Example[]): Promise<void> {
  for (let example = waiting.shift(); example; example = waiting.shift()) {
    const [outcome] = await Promise.allSettled([recorded(example, interpreterOf(example))]);
    outcomes.set(example.file, outcome);
  }
}

function reportOf(example: Example): Report | undefined {
  const outcome = outcomes.get(example.file);
  if (outcome?.status === "rejected") throw outcome.reason;
  return outcome?.value;
}

const isMarked = (example: Example) => (site: Site) =>
  site.frames.some(
    ({ file, line }) => basename(file) === example.file && line !== null && example.markedLines.includes(line),
  );

/** Type names may come with their module. */
const plain = (type: string | null) => type?.split(".").at(-1);

const shown = (sites: readonly Site[]) =>
  JSON.stringify(
    sites.slice(0, 5).map(({ type, frames, growthPerSecond, bytesPerSecond, steadiness }) => {
      const at = frames.map(({ file, line }) => `${basename(file)}:${line}`);
      return { type, at, growthPerSecond, bytesPerSecond, steadiness };
    }),
  );

beforeAll(async () => {
  const waiting = [...all];
  await Promise.all(Array.from({ length: atOnce }, () => work(waiting)));
}, 300_000);

describe("recorded from outside", () => {
  it.for(all.filter(({ leaks }) => leaks))("$file: its marked line stands first", (example, { skip }) => {
    const found = reportOf(example);
    if (found === undefined) return skip("the example cannot run here");
    const { sites } = found.lifecycle;
    const marked = sites.filter(isMarked(example));
    expect(sites.findIndex(isMarked(example)), shown(sites)).toBe(0);
    expect(sites[0]?.steadiness, shown(sites)).toBeGreaterThanOrEqual(steady);
    expect(marked.map(({ type }) => plain(type))).toContain(plain(example.type));
  });

  it.for(all.filter(({ leaks }) => !leaks))("$file: no site grows steadily", (example, { skip }) => {
    const found = reportOf(example);
    if (found === undefined) return skip("the example cannot run here");
    const growing = found.lifecycle.sites.filter(
      ({ steadiness, growthPerSecond, bytesPerSecond }) =>
        (steadiness ?? 1) >= steady &&
        (growthPerSecond > chance.objectsPerSecond || bytesPerSecond > chance.bytesPerSecond),
    );
    expect(growing, shown(growing)).toEqual([]);
  });
});
