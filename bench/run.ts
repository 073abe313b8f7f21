// In: names of benches (none: all of them) and options for them. Out: their figures, one a line; exit code 1 when one could
// not run. A bench is a file of this folder and a process of its own, so none measures what another left behind.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = import.meta.dirname;
const known = readdirSync(folder)
  .filter((name) => /^(?!run\.)[a-z-]+\.ts$/.test(name))
  .map((name) => name.slice(0, -".ts".length))
  .sort();

const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith("-"));
const named = firstOption < 0 ? words : words.slice(0, firstOption);
const options = firstOption < 0 ? [] : words.slice(firstOption);
const unknown = named.filter((name) => !known.includes(name));

function runAll(names: readonly string[]): number {
  const failed = names.filter((name) => {
    process.stderr.write(`bench: ${name}\n`);
    const ended = spawnSync(process.execPath, [join(folder, `${name}.ts`), ...options], { stdio: "inherit" });
    return ended.status !== 0;
  });
  if (failed.length > 0) process.stderr.write(`bench: could not run: ${failed.join(", ")}\n`);
  return failed.length > 0 ? 1 : 0;
}

if (unknown.length > 0) {
  process.stderr.write(`bench: there is no ${unknown.join(", ")}. Known: ${known.join(", ")}\n`);
  process.exitCode = 2;
} else process.exitCode = runAll(named.length > 0 ? named : known);
