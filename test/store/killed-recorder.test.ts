// A recorder is killed at any moment; what it had confirmed is in the file, which opens as recovered.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRecording } from "../../engine/store/reader.ts";
import { expectOk, temporaryFolder } from "../fixtures/synthetic-recording.ts";

const keys = 300;
/** 200 when asked for. */
const kills = Number(process.env["REFSCOPE_KILLS"] ?? 20);
const program = join(import.meta.dirname, "record-forever.ts");

/** Resolves with the last sequence that was confirmed; undefined when there was none. */
function killedAfter(path: string, milliseconds: number, what = "lifecycle"): Promise<number | undefined> {
  const words = [program, path, String(keys), "100000", what];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
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

test(`${kills} recorders killed: nothing confirmed is lost`, { timeout: 580_000 }, async () => {
  const folder = temporaryFolder();
  for (let turn = 0; turn < kills; turn++) {
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

/** Holds, nanoseconds held and nanoseconds waited. */
type Sums = readonly [number, number, number];
const none: Sums = [0, 0, 0];
const plus = (a: Sums, b: Sums): Sums => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

test("10 recorders of holds and errors killed: what they add up to is what is there one by one", async () => {
  const folder = temporaryFolder();
  for (let turn = 0; turn < 10; turn++) {
    const path = join(folder, `${turn}.refscope`);
    const confirmed = (await killedAfter(path, Math.random() * 600, "lifecycle,gil,errors")) ?? -1;
    const reader = expectOk(openRecording(path));
    const { gil, errors } = reader;
    const chunks = [...(gil?.holds(0, 1e9) ?? [])];
    const single = chunks.map(({ length, held, waited }): Sums => {
      const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);
      return [length, sum(held), sum(waited)];
    });
    const totals = (gil?.totals() ?? []).map((row): Sums => [row.holds, row.heldNs, row.waitedNs]);
    const lanes = (gil?.laneResolutions ?? []).map((resolution) =>
      Array.from(gil?.lanes(resolution, 0, 1e9) ?? [], (row): Sums => [row.holds, row.heldNs, row.waitedNs]),
    );
    const expected = single.reduce(plus, none);
    expect([turn, chunks.length >= confirmed + 1]).toEqual([turn, true]);
    expect(totals.reduce(plus, none)).toEqual(expected);
    // The first wait begins before the recording does, and its lanes with the recording.
    for (const rows of lanes) expect(rows.reduce(plus, none).slice(0, 2)).toEqual(expected.slice(0, 2));
    expect(gil?.totals().map(({ holdHistogram, holds }) => holdHistogram.count - holds)).toEqual([0, 0, 0, 0]);
    const counted = [...(errors?.chunks() ?? [])].reduce(
      (sum, { errors }) => sum + errors.count.reduce((a, b) => a + b, 0),
      0,
    );
    expect(errors?.totals().reduce((sum, { count }) => sum + count, 0)).toBe(counted);
    expect(reader.recording().stored).toMatchObject({ holds: expected[0], errors: counted });
    reader.close();
  }
});
