// A recording of 1 GB in; how long it takes to open, to ask one thing about, and to verify, out.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine } from "../engine/engine.ts";
import { Library } from "../engine/session/library.ts";
import { openRecording } from "../engine/store/reader.ts";
import { median, printFigure } from "./lib/figures.ts";
import { must, recordLarge } from "./lib/large-recording.ts";

const runs = 5;

const seconds = (started: number): number => (performance.now() - started) / 1000;
async function timed(act: () => unknown): Promise<number> {
  const figures: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await act();
    figures.push(seconds(started));
  }
  return median(figures);
}

async function measure(folder: string): Promise<void> {
  const path = join(folder, "large.refscope");
  const finished = recordLarge(path);
  printFigure({ name: "large: finish and seal", value: `${finished.toFixed(2)} s`, runs: 1 });
  const engine = createEngine(new Library(folder));
  const print = async (name: string, wanted: string, act: () => unknown) =>
    printFigure({ name: `large: ${name}`, value: `${(await timed(act)).toFixed(3)} s`, wanted: `${wanted} s`, runs });
  await print("open", "≤ 1.5", () => must(openRecording(path)).close());
  await print("types", "≤ 0.2", async () => must(await engine.call("recording.types", { path, limit: 100 })));
  await print("sites of a type", "≤ 0.2", async () =>
    must(await engine.call("recording.sites", { path, type: "package.Type0", limit: 100 })),
  );
  await print("series", "≤ 0.2", async () => must(await engine.call("recording.series", { path, buckets: 600 })));
  await print("report", "≤ 1.5", async () => must(await engine.call("recording.report", { path })));
  await print("verify", "≤ 10", async () => must(await engine.work({ kind: "verify", path })));
  printFigure({ name: "large: size", value: `${(statSync(path).size / 1e9).toFixed(2)} GB`, runs: 1 });
  await engine.close();
}

const folder = mkdtempSync(join(tmpdir(), "refscope-large-"));
try {
  await measure(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
