// Run as a program: records synthetic batches into argv[2] until killed or refused; prints the sequence of each stored one.
import { writeSync } from "node:fs";
import { openRecorder } from "../../engine/recorder/recorder.ts";
import { decodeBatch } from "../../shared/wire.ts";
import { encodeBatch } from "../fixtures/encode-batch.ts";

const [path = "", keys = "300", batches = "100000"] = process.argv.slice(2);
const target = {
  pid: 1,
  executable: "/usr/bin/python3",
  command: "",
  python: "3.11.7",
  build: ["release"],
  platform: "linux-x64",
};
const opened = openRecorder({ path, target, collected: ["lifecycle"], startedAt: new Date(), privacy: "standard" });
const say = (text: string) => writeSync(1, `${text}\n`);

const rowsOf = (sequence: number) =>
  Array.from({ length: Number(keys) }, (_, key) => ({
    key,
    allocations: 3,
    frees: 1,
    allocatedBytes: 300 + sequence,
    freedBytes: 100,
  }));

if (!opened.ok) say(`failed ${opened.failure.code}`);
else {
  for (let sequence = 0; sequence < Number(batches); sequence++) {
    const produced = { allocations: 3 * Number(keys) * (sequence + 1), frees: Number(keys) * (sequence + 1) };
    const batch = decodeBatch(encodeBatch({ sequence, time: 1e12 + sequence * 1e8, produced, rows: rowsOf(sequence) }));
    const stored = opened.value.apply(batch, {
      codes: [],
      types: [{ id: sequence, name: `type ${sequence}` }],
      modules: [],
    });
    say(stored.ok ? `stored ${sequence}` : `failed ${stored.failure.code}`);
    if (!stored.ok) break;
  }
  const finished = opened.value.finish(undefined);
  say(finished.ok ? "finished" : `failed ${finished.failure.code}`);
}
