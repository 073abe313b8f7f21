// In: every example, run by probe.py inside its own process without Refscope. Out: each leaky one grows with every round,
// and what it keeps comes from its marked line; each clean one stays as it is. So the examples mean what they say.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { type Example, examples, home } from "./manifest.ts";
import { pythons } from "./pythons.ts";

const place = v.object({ file: v.string(), line: v.number() });
const probed = v.object({
  blocksPerOperation: v.array(v.number()),
  bySize: v.array(place),
  byCount: v.array(place),
});
type Probed = v.InferOutput<typeof probed>;

/** The demo fills its cache for three seconds of requests; no other needs more than one. */
const warmUp = ({ demo }: Example) => (demo ? 1200 : 600);
/** One block in twenty operations: the odd block that the interpreter itself takes. */
const quiet = 0.05;
/** What the example program says when there is no compiler or no Python.h. */
const cannotRun = 2;

function probe(python: string, example: Example): Probed | undefined {
  const words = [join(import.meta.dirname, "probe.py"), example.path, String(warmUp(example))];
  const ended = spawnSync(python, words, { encoding: "utf8" });
  if (ended.status === cannotRun) return undefined;
  expect(ended.stderr).toBe("");
  return v.parse(probed, JSON.parse(ended.stdout));
}

const isMarked = (example: Example, frames: Probed["bySize"]) =>
  frames.some(({ file, line }) => basename(file) === example.file && example.markedLines.includes(line));

describe("the manifest", () => {
  it("names every program in the folder, each leak with its marked line and each twin with its twin", () => {
    const all = examples();
    const programs = readdirSync(join(home, "examples")).filter((name) => name.endsWith(".py") && name !== "pace.py");
    expect(all.map(({ file }) => file).sort()).toEqual(programs.sort());
    for (const one of all) {
      expect(one.markedLines, one.file).toHaveLength(one.leaks ? 1 : 0);
      if (one.twin !== null) expect(all.find(({ file }) => file === one.twin)?.twin, one.file).toBe(one.file);
    }
    expect(all.filter(({ demo }) => demo)).toHaveLength(1);
  });
});

describe.each(pythons("3.8", "3.13"))("on $name", ({ path }) => {
  it.for(examples().filter(({ leaks }) => leaks))("$file grows, from its marked line", (example, { skip }) => {
    const seen = probe(path, example);
    if (seen === undefined) return skip("no C compiler or no Python.h");
    expect(Math.min(...seen.blocksPerOperation)).toBeGreaterThanOrEqual(1);
    expect(isMarked(example, seen.bySize), JSON.stringify(seen.bySize)).toBe(true);
    expect(isMarked(example, seen.byCount), JSON.stringify(seen.byCount)).toBe(true);
  });

  it.for(examples().filter(({ leaks }) => !leaks))("$file stays as it is", (example, { skip }) => {
    const seen = probe(path, example);
    if (seen === undefined) return skip("no C compiler or no Python.h");
    const last = seen.blocksPerOperation.slice(2);
    expect(Math.max(...last)).toBeLessThanOrEqual(quiet);
  });
});
