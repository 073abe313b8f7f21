// In: the committed state of this checkout. Out: how long `./refscope demo` takes in a fresh clone and again in the same
// one, and whether its first row is the planted line. What npm and pip have cached on this machine stays cached.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printFigure, printMissing } from "./lib/figures.ts";
import { home } from "./lib/recording.ts";

const program = "examples/leaky_service.py";

function plantedLine(): number {
  const lines = readFileSync(join(home, program), "utf8").split("\n");
  return lines.findIndex((line) => line.includes("# leaks here")) + 1;
}

/** The first place in examples/ that the report names. */
function firstNamed(out: string): string {
  return out.match(/examples\/\w+\.py:\d+/)?.[0] ?? "no line of examples/";
}

function demo(clone: string, name: string, limit: number): void {
  const started = performance.now();
  const ended = spawnSync(join(clone, "refscope"), ["demo"], { cwd: clone, encoding: "utf8", timeout: 600_000 });
  const seconds = (performance.now() - started) / 1000;
  if (ended.status !== 0 && ended.status !== 1) {
    printMissing(`demo ${name}`, `exit ${ended.status}: ${ended.stderr.trim().slice(-300)}`);
    return;
  }
  printFigure({ name: `demo ${name}`, value: `${seconds.toFixed(1)} s`, wanted: `<= ${limit} s`, runs: 1 });
  const wanted = `${program}:${plantedLine()}`;
  printFigure({ name: `demo ${name}: named first`, value: firstNamed(ended.stdout), wanted, runs: 1 });
}

const folder = mkdtempSync(join(tmpdir(), "refscope-demo-"));
try {
  const clone = join(folder, "clone");
  const cloned = spawnSync("git", ["clone", "--quiet", home, clone], { encoding: "utf8" });
  if (cloned.status === 0) {
    demo(clone, "in a fresh clone", 120);
    demo(clone, "the second time", 25);
  } else printMissing("demo", `git clone: ${cloned.stderr.trim()}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
