// Run as a program: records synthetic batches into argv[2] until killed or refused; prints the sequence of each stored one.
// Three objects a key and batch; what else is collected (argv[5]) brings 600 holds of four threads, or two errors a key, a batch.
import { writeSync } from "node:fs";
import { openRecorder } from "../../engine/recorder/recorder.ts";
import { decodeBatch } from "../../shared/wire.ts";
import { emptyDefinitions } from "../fixtures/empty-definitions.ts";
import { type BatchContent, encodeBatch } from "../fixtures/encode-batch.ts";

const [path = "", keys = "300", batches = "100000", what = "lifecycle"] = process.argv.slice(2);
const target = {
  pid: 1,
  executable: "/usr/bin/python3",
  command: "",
  python: "3.11.7",
  build: ["release"],
  platform: "linux-x64",
};
const opened = openRecorder({ path, target, collected: what.split(","), startedAt: new Date(), privacy: "standard" });
const say = (text: string) => writeSync(1, `${text}\n`);

const rowsOf = (sequence: number) =>
  Array.from({ length: Number(keys) }, (_, key) => ({
    key,
    allocations: 3,
    frees: 1,
    allocatedBytes: 300 + sequence,
    freedBytes: 100,
  }));

const holdsABatch = 600;
/** Four threads in turn, each of which waited since it last let go. */
const holdsOf = (sequence: number) =>
  Array.from({ length: holdsABatch }, (_, row) => ({
    index: sequence * holdsABatch + row,
    released: 1e12 + (sequence - 1) * 1e8 + (row + 1) * 166_000,
    thread: 1 + (row % 4),
    flags: 2,
    intervals: 0,
    held: 166_000,
    waited: 498_000,
  }));
const gilOf = (sequence: number) => ({ switches: (sequence + 1) * holdsABatch, intervalMicroseconds: 5000, open: [] });
const errorsOf = () => Array.from({ length: Number(keys) }, (_, key) => ({ key, count: 2, chained: 1 }));

function contentOf(sequence: number): BatchContent {
  const [gil, errors] = [what.includes("gil"), what.includes("errors")];
  const batches = sequence + 1;
  return {
    sequence,
    time: 1e12 + sequence * 1e8,
    produced: {
      allocations: 3 * Number(keys) * batches,
      frees: Number(keys) * batches,
      holds: gil ? holdsABatch * batches : 0,
      errors: errors ? 2 * Number(keys) * batches : 0,
    },
    rows: rowsOf(sequence),
    ...(gil ? { holds: holdsOf(sequence), gil: gilOf(sequence) } : {}),
    ...(errors ? { errors: errorsOf() } : {}),
  };
}

if (!opened.ok) say(`failed ${opened.failure.code}`);
else {
  for (let sequence = 0; sequence < Number(batches); sequence++) {
    const stored = opened.value.apply(decodeBatch(encodeBatch(contentOf(sequence))), {
      ...emptyDefinitions,
      types: [{ id: sequence, name: `type ${sequence}` }],
    });
    say(stored.ok ? `stored ${sequence}` : `failed ${stored.failure.code}`);
    if (!stored.ok) break;
  }
  const finished = opened.value.finish(undefined);
  say(finished.ok ? "finished" : `failed ${finished.failure.code}`);
}
