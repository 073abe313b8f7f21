// A recorder is killed at any moment; what it had confirmed is in the file, which opens as recovered.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRecording } from "../../engine/store/reader.ts";
import { expectOk, temporaryFolder } from "../fixtures/synthetic-recording.ts";

const keys = 300;
const program = join(import.meta.dirname, "record-forever.ts");

/** Resolves with the last sequence that was confirmed; undefined when there was none. */
function killedAfter(path: string, milliseconds: number): Promise<number | undefined> {
  const child = spawn(process.execPath, [program, path, String(keys)], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), milliseconds));
  child.stdout.on("data", (data: Buffer) => {
    said += data.toString("latin1");
  });
  return new Promise((resolve) => {
    child.on("close", () => {
      const whole = said.slice(0, said.lastIndexOf("\n") + 1);
      const last = [...whole.matchAll(/stored (\d+)/g)].at(-1)?.[1];
      resolve(last === undefined ? undefined : Number(last));
    });
  });
}

test("20 recorders killed: nothing confirmed is lost", async () => {
  const folder = temporaryFolder();
  for (let turn = 0; turn < 20; turn++) {
    const path = join(folder, `${turn}.refscope`);
    const confirmed = (await killedAfter(path, Math.random() * 400)) ?? -1;
    const reader = expectOk(openRecording(path));
    const { status, stored, produced, dropped } = reader.recording();
    const batches = (stored["allocations"] ?? 0) / (3 * keys);
    const perKey = new Set(reader.totals.allocations);
    reader.close();
    expect([turn, status, batches >= confirmed + 1, batches <= confirmed + 3]).toEqual([turn, "recovered", true, true]);
    expect([[...perKey], produced, dropped]).toEqual([[3 * batches], stored, { allocations: 0, frees: 0 }]);
  }
});
