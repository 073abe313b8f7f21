// Messages of an agent, good and hostile: what reaches the recorder and what is counted as not understood.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Failure } from "../../shared/failures.ts";
import { encodeBatch } from "../../test/fixtures/encode-batch.ts";
import { openRecorder, type Recorder } from "../recorder/recorder.ts";
import { openRecording } from "../store/reader.ts";
import { Inbox } from "./inbox.ts";

const target = {
  pid: 7,
  executable: "/usr/bin/python3",
  command: "python3 app.py",
  python: "3.11.7",
  build: [],
  platform: "linux-x64",
};
let folder = "";
let recorder: Recorder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "refscope-inbox-"));
  const path = join(folder, "a.refscope");
  const opened = openRecorder({
    path,
    target,
    collected: ["lifecycle", "gil", "errors"],
    startedAt: new Date(),
    privacy: "full",
  });
  if (!opened.ok) throw new Error(opened.failure.cause);
  recorder = opened.value;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function opened() {
  const inbox = new Inbox();
  const happened: unknown[] = [];
  const events = {
    stored: ({ sequence }: { readonly sequence: number }) => void happened.push(sequence),
    failed: ({ code }: Failure) => void happened.push(code),
    disarmed: (reason: string) => void happened.push(reason),
  };
  return { inbox, happened, open: () => inbox.open(recorder, events) };
}

const none = { kind: "batch", codes: [], types: [], modules: [] };
const definitions = {
  kind: "batch",
  codes: [{ id: 1, function: "handle", file: "app.py", firstLine: 3, lineTable: "0400" }],
  types: [{ id: 1, name: "dict" }],
  modules: [{ path: "/usr/lib/libc.so.6", base: "0x7f0000000000", size: 4096 }],
};
const full = {
  ...definitions,
  threads: [{ id: 1, tid: 4712, name: null, kernelName: "python3" }],
  samples: [{ hold: 0, thread: 1, at: 1e9, frames: [{ code: 1, instruction: 4 }], native: ["0x7f0000000010"] }],
  messages: [{ key: 1, text: "no such cart" }],
  calls: [{ id: 1, function: "PyErr_Clear", module: "/srv/fast.so" }],
};
const first = encodeBatch({
  sequence: 0,
  time: 1e9,
  produced: { allocations: 5, frees: 2 },
  sites: [{ id: 1, native: 0n, frames: [[1, 4]] }],
  keys: [{ id: 1, type: 1, site: 1, domain: 2 }],
  rows: [{ key: 1, allocations: 5, frees: 2, allocatedBytes: 500, freedBytes: 200 }],
});
const batch = (sequence: number, last = false) => encodeBatch({ sequence, time: 1e9 + sequence * 1e8, last });

it("stores what came before the recorder, then what comes, and knows the last", async () => {
  const { inbox, happened, open } = opened();
  inbox.message(definitions, first);
  expect(happened).toEqual([]);
  open();
  inbox.message(none, batch(1));
  inbox.message(none, batch(2, true));
  inbox.message({ kind: "disarmed", reason: "asked" }, undefined);
  await inbox.last;
  expect(happened).toEqual([0, 1, 2, "asked"]);
  expect(recorder.state().stored).toMatchObject({ allocations: 5, frees: 2 });
  expect(inbox.remarks()).toEqual([]);
});

it("passes on what comes with holds and errors", () => {
  const { inbox, open } = opened();
  open();
  inbox.message(full, first);
  expect(recorder.unresolvedNative()).toEqual([0x7f0000000010n]);
  recorder.finish(undefined);
  const reader = openRecording(join(folder, "a.refscope"));
  if (!reader.ok) throw new Error(reader.failure.cause);
  const { gil, errors } = reader.value;
  expect(gil?.threads.get(1)).toEqual({ id: 1, tid: 4712, name: undefined, kernelName: "python3" });
  expect(gil?.samples()).toEqual([
    { hold: 0, thread: 1, at: 1e9, frames: [{ code: 1, instruction: 4 }], native: [0x7f0000000010n] },
  ]);
  expect([...(errors?.messages ?? [])]).toEqual([[1, "no such cart"]]);
  reader.value.close();
});

const broken = first.slice();
broken[broken.length - 1] = (broken[broken.length - 1] ?? 0) ^ 0xff;
it.each([
  ["text", "batch", first],
  ["nothing", null, undefined],
  ["a kind that is not known", { kind: "eval", code: "1" }, undefined],
  ["a batch without bytes", definitions, undefined],
  ["a batch with bytes that are none", definitions, new Uint8Array(100)],
  ["a batch whose checksum differs", definitions, broken],
  ["a batch that was cut", definitions, first.subarray(0, first.length - 1)],
  ["a type with a field more", { ...definitions, types: [{ id: 1, name: "dict", extra: 1 }] }, first],
  ["a negative id", { ...definitions, codes: [{ ...definitions.codes[0], id: -1 }] }, first],
  ["a sample at an address that is none", { ...full, samples: [{ ...full.samples[0], native: ["0xg"] }] }, first],
  ["a thread without a tid", { ...full, threads: [{ id: 1, name: null, kernelName: null }] }, first],
  ["an address that is none", { ...definitions, modules: [{ path: "x", base: "javascript:1", size: 1 }] }, first],
])("leaves out %s and says so", (_what, payload, bytes) => {
  const { inbox, happened, open } = opened();
  open();
  inbox.message(payload, bytes);
  inbox.message(definitions, first);
  expect(happened).toEqual([0]);
  expect(inbox.remarks()).toEqual(["1 messages from the target were not understood and left out."]);
});

it("notes what the agent says and the first of its complaints", () => {
  const { inbox, open } = opened();
  open();
  inbox.message({ kind: "notice", text: "A module was left out." }, undefined);
  for (let i = 0; i < 50; i++) inbox.error(`TypeError ${i}: ${"x".repeat(1000)}`);
  expect(inbox.remarks()).toHaveLength(5);
  for (const remark of inbox.remarks()) recorder.note(remark.slice(0, 40));
  inbox.message(none, batch(1));
  recorder.finish(undefined);
  const reader = openRecording(join(folder, "a.refscope"));
  if (!reader.ok) throw new Error(reader.failure.cause);
  expect(reader.value.recording().notObserved).toEqual(
    expect.arrayContaining(["A module was left out.", "The agent complained: TypeError 0: xxxxx"]),
  );
  reader.value.close();
});

it("tells of a recorder that cannot go on", () => {
  const { inbox, happened, open } = opened();
  open();
  recorder.finish(undefined);
  inbox.message(none, batch(3));
  expect(happened).toEqual(["bug"]);
});
