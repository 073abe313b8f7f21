// A recorder that is killed while the target makes objects by the clock: how much of the target's last time is not in the file. The
// target remembers when it made each. `CYCLES=20` kills that often; the figure is printed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import { home, runCli, startCli } from "../cli/run-cli.ts";
import { pythonsOf } from "./pythons.ts";
import { endTargets, startTarget, type Target } from "./target.ts";

const cycles = Number(process.env["CYCLES"] ?? 3);
const folder = mkdtempSync(join(tmpdir(), "refscope-tail-"));
afterEach(endTargets);
afterAll(() => {
  for (const path of [folder, home]) rmSync(path, { recursive: true, force: true });
});

/** A type for each recorder, so that its file counts from its first object on. */
const program = `
made = {}
def make(cycle):
    kind = type("Mark%d" % cycle, (), {})
    kept, times = made[cycle] = [], []
    while made.get("cycle") == cycle:
        kept.append(kind()); times.append(time.monotonic())
        time.sleep(0.002)
def begin(cycle):
    made["cycle"] = cycle
    threading.Thread(target=make, args=(cycle,), daemon=True).start()
reply()
`;

/** Until it says that it records; then nothing of it is read any more. */
async function recording(target: Target, path: string): Promise<ReturnType<typeof startCli>> {
  const recorder = startCli(["record", String(target.pid), "--out", path]);
  for await (const chunk of recorder.stderr ?? []) if (String(chunk).includes("recording")) return recorder;
  throw new Error("it ended before it recorded");
}

/** Seconds of the target's time between its last object that is in the file and the kill. */
async function lostIn(target: Target, cycle: number): Promise<number> {
  const path = join(folder, `${cycle}.refscope`);
  const recorder = await recording(target, path);
  await target.ask(`begin(${cycle}); reply()`);
  await wait(1000 + 100 * (cycle % 7)); // Time to record; how long does not matter.
  const killed = Number(process.hrtime.bigint()) / 1e9;
  recorder.kill("SIGKILL");
  const report = JSON.parse((await runCli(["report", path, "--json"])).out);
  const rows: readonly { readonly type: string; readonly allocated: number }[] = report.lifecycle.types;
  const stored = rows.find(({ type }) => type.endsWith(`Mark${cycle}`))?.allocated ?? 0;
  expect(stored).toBeGreaterThan(0);
  const last = Number(await target.ask(`made["cycle"] = None; reply(made[${cycle}][1][${stored - 1}])`));
  return killed - last;
}

const timeout = 60_000 + cycles * 30_000;
test.each(pythonsOf(313))("killed while it records $name: less than a second is lost", { timeout }, async (python) => {
  const target = await startTarget(python);
  await target.ask(program);
  const lost: number[] = [];
  for (let cycle = 0; cycle < cycles; cycle++) lost.push(await lostIn(target, cycle));
  const sorted = lost.toSorted((a, b) => a - b);
  const [median, most] = [sorted[lost.length >>> 1] ?? 0, sorted.at(-1) ?? 0];
  console.info(`lost with the recorder: ${median.toFixed(3)} s, at most ${most.toFixed(3)} s (${cycles} kills)`);
  // The middle one: a machine that stands still for a moment is no loss of ours.
  expect(median).toBeLessThan(1);
});
