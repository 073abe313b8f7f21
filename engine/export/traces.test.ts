// Drawn holds in; traces that a reader of each format takes apart again, slice by slice and arrow by arrow, out.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { milliseconds, nanoseconds } from "../../shared/units.ts";
import { type Drawing, drawnRecording, originNs } from "../../test/fixtures/drawn-gil.ts";
import { type Packet, packetsOf } from "../../test/fixtures/perfetto-packets.ts";
import type { TraceRange } from "./counters.ts";
import { type TracedRecording, type TraceFormat, tracePieces } from "./traces.ts";
import { writeFile } from "./write-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "refscope-export-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

const target = {
  ...{ pid: 4711, executable: "/usr/bin/python3.11", command: 'app.py "é"', python: "3.11.7" },
  ...{ build: [], platform: "linux-x64" },
};
const everything = { fromMs: 0, toMs: Number.POSITIVE_INFINITY };
const recording = (drawing: Drawing) => drawnRecording(drawing);
function exported(
  recorded: TracedRecording["recorded"],
  format: TraceFormat,
  out: string,
  range: TraceRange = everything,
  counted?: TracedRecording["counted"],
) {
  const pieces = tracePieces({ path: "a.refscope", recorded, target, counted }, format, range);
  return pieces.ok ? writeFile(out, pieces.value) : pieces;
}
function written(drawing: Drawing, format: TraceFormat, range: TraceRange = everything): Buffer {
  const out = join(folder, "trace");
  const done = exported(recording(drawing), format, out, range);
  expect(done.ok && done.value.bytes).toBe(statSync(out).size);
  return readFileSync(out);
}

/** One slice a row: thread, name, from, to, whom it waits for. */
type Row = readonly [thread: number, name: string, from: number, to: number, waitsFor?: number];

const lines = [
  "hhhhh     hhh     ",
  "  wwwhhhhh     www",
  "   wwwwwwwwwwh    ",
  "              hhhh",
  "                ww",
];
const rows: readonly Row[] = [
  [101, "bad", 0, 5],
  [101, "holds GIL", 10, 13],
  [102, "waits for GIL", 2, 5, 101],
  [102, "holds GIL", 5, 10],
  [102, "waits for GIL", 15, 18, 104],
  [103, "waits for GIL", 3, 13, 101],
  [103, "holds GIL", 13, 14],
  [104, "holds GIL", 14, 18],
  [105, "waits for GIL", 16, 18, 104],
];
const drawing: Drawing = {
  lines,
  thresholdMs: 4,
  samples: [
    {
      ...{ hold: 0, thread: 1, at: nanoseconds(originNs + 3e6), native: [] },
      frames: [
        { code: 1, instruction: 0 },
        { code: 2, instruction: 0 },
      ],
    },
  ],
  names: {
    codes: new Map(
      ["", "bad", "main"].map((name, id) => [
        id,
        { id, function: name, file: "app.py", firstLine: 3, lineTable: new Uint8Array() },
      ]),
    ),
  },
};

/** The rules of the Trace Event Format for the events that we write. */
const on = {
  pid: v.number(),
  tid: v.number(),
  ts: v.pipe(v.number(), v.minValue(0)),
  cat: v.string(),
  name: v.string(),
};
const traceEvent = v.variant("ph", [
  v.strictObject({
    ph: v.literal("M"),
    name: v.string(),
    pid: v.number(),
    tid: v.number(),
    args: v.record(v.string(), v.unknown()),
  }),
  v.strictObject({ ph: v.literal("X"), ...on, dur: v.pipe(v.number(), v.minValue(0)), args: v.optional(v.unknown()) }),
  v.strictObject({ ph: v.literal("C"), ...on, args: v.record(v.string(), v.number()) }),
  v.strictObject({ ph: v.literal("s"), ...on, id: v.number() }),
  v.strictObject({ ph: v.literal("f"), ...on, id: v.number(), bp: v.literal("e") }),
]);
const traceFile = v.strictObject({ displayTimeUnit: v.literal("ns"), traceEvents: v.array(traceEvent) });

function chromeRows(bytes: Buffer): readonly Row[] {
  const { traceEvents } = v.parse(traceFile, JSON.parse(bytes.toString()));
  const slices = traceEvents.filter((event) => event.ph === "X");
  const heads = traceEvents.filter((event) => event.ph === "f");
  const enclosing = (tid: number, ts: number) =>
    slices.find((one) => one.tid === tid && one.ts <= ts && ts <= one.ts + one.dur);
  const waitsFor = new Map(
    traceEvents
      .filter((event) => event.ph === "s")
      .map((tail) => {
        const [head, ...more] = heads.filter(({ id }) => id === tail.id);
        expect(more).toEqual([]);
        // An arrow that ends where no slice is, or before it begins, is not drawn.
        expect(head && head.ts >= tail.ts && enclosing(head.tid, head.ts)).toBeTruthy();
        return [`${tail.tid} ${tail.ts}`, head?.tid];
      }),
  );
  return ordered(
    slices.map(({ tid, name, ts, dur }) => {
      const holder = name.startsWith("waits") ? waitsFor.get(`${tid} ${ts}`) : undefined;
      const row = [tid, name, ts / 1e3, (ts + dur) / 1e3] as const;
      return holder === undefined ? row : [...row, holder];
    }),
  );
}
const ordered = (found: readonly Row[]) => found.toSorted((a, b) => a[0] - b[0] || a[2] - b[2]);

/** As the trace processor does it: packets by time, in the file's order where times are equal; an end closes the innermost slice. */
function perfettoRows(packets: readonly Packet[]): readonly Row[] {
  const names = new Map(
    packets.flatMap(({ internedData }) => internedData?.eventNames ?? []).map(({ iid, name }) => [iid, name]),
  );
  const threads = new Map(packets.map(({ trackDescriptor: of }) => [of?.uuid, of?.thread?.tid ?? 0]));
  const open = new Map<number, { name: string; from: number; flow: number | undefined }[]>();
  const [found, heads]: [(readonly [number, string, number, number, number | undefined])[], Map<number, number>] = [
    [],
    new Map(),
  ];
  const events = packets
    .filter(({ trackEvent }) => trackEvent)
    .toSorted((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
  for (const { timestamp: at = 0, trackEvent: event } of events) {
    if (!event) continue;
    const stack = open.get(event.trackUuid) ?? [];
    open.set(event.trackUuid, stack);
    if (event.type === "TYPE_SLICE_BEGIN") {
      expect(stack).toEqual([]);
      stack.push({ name: names.get(event.nameIid ?? 0) ?? "?", from: at, flow: event.flowIds[0] });
    } else if (event.type === "TYPE_INSTANT") {
      // On the slice of the hold, and after the wait that the flow comes from.
      expect(stack).toHaveLength(1);
      for (const flow of event.terminatingFlowIds) heads.set(flow, threads.get(event.trackUuid) ?? 0);
    } else {
      const begun = stack.pop();
      expect(begun).toBeDefined();
      if (begun) found.push([threads.get(event.trackUuid) ?? 0, begun.name, begun.from / 1e6, at / 1e6, begun.flow]);
    }
  }
  return ordered(
    found.map(([thread, name, from, to, flow]) => {
      const holder = flow === undefined ? undefined : heads.get(flow);
      return holder === undefined ? [thread, name, from, to] : [thread, name, from, to, holder];
    }),
  );
}

test("chrome: each hold and wait is a slice, each wait points to its holder", () => {
  expect(chromeRows(written(drawing, "chrome"))).toEqual(rows);
});

test("perfetto: the same", () => {
  const packets = packetsOf(written(drawing, "perfetto"));
  expect(perfettoRows(packets)).toEqual(rows);
  expect(packets[0]).toMatchObject({
    sequenceFlags: 1,
    trackDescriptor: { process: { pid: 4711, processName: 'app.py "é"' } },
  });
  const stacks = packets.flatMap(({ trackEvent }) => trackEvent?.callstack?.frames ?? []);
  expect(stacks.map(({ functionName }) => functionName)).toEqual(["main", "bad"]);
});

test("a thread id that was given again has a track of its own", () => {
  const twice = recording({ lines: ["hh  ", "  h "] });
  for (const [id, row] of twice.gil.threads) Object.assign(row, { tid: 101, name: `life ${id}` });
  const out = join(folder, "trace");
  exported(twice, "chrome", out);
  const { traceEvents } = v.parse(traceFile, JSON.parse(readFileSync(out, "utf8")));
  expect(traceEvents.filter(({ ph }) => ph === "X").map(({ tid }) => tid)).toEqual([101, (1 << 23) + 2]);
  exported(twice, "perfetto", out);
  const tracks = packetsOf(readFileSync(out)).flatMap(
    ({ trackDescriptor: of }) => of?.thread?.threadName ?? of?.name ?? [],
  );
  expect(tracks).toEqual(["life 1", "life 2"]);
});

test("a name cannot turn a line around or hide in one", () => {
  const evil = "a\u202eb\u0007c";
  const hostile = recording({ ...drawing, names: {} });
  for (const row of hostile.gil.threads.values()) Object.assign(row, { name: evil });
  for (const format of ["chrome", "perfetto"] as const) {
    const out = join(folder, "trace");
    exported(hostile, format, out);
    const text = readFileSync(out, "utf8");
    expect(text.includes("\u202e")).toBe(false);
  }
});

test("a range takes what overlaps it, whole, and no arrow to what it left out", () => {
  expect(chromeRows(written(drawing, "chrome", { fromMs: 11, toMs: 12 }))).toEqual([
    [101, "holds GIL", 10, 13],
    [103, "waits for GIL", 3, 13],
    [103, "holds GIL", 13, 14],
  ]);
});

test("without the GIL and without memory, or into no folder: refused, nothing written", () => {
  const bare = { ...recording(drawing), gil: undefined };
  const out = join(folder, "none");
  expect(exported(bare, "chrome", out)).toMatchObject({ ok: false, failure: { code: "not-found" } });
  const nowhere = join(folder, "no", "such", "folder");
  expect(exported(recording(drawing), "chrome", nowhere)).toMatchObject({ failure: { code: "cannot-write" } });
  expect(existsSync(out)).toBe(false);
});

test("memory over time is a counter of the process, counted back from the end", () => {
  const column = (values: readonly number[]) => Float64Array.from(values);
  const sums = [
    { t: milliseconds(100), allocations: 3, frees: 0, allocatedBytes: 300, freedBytes: 0 },
    { t: milliseconds(200), allocations: 0, frees: 1, allocatedBytes: 0, freedBytes: 100 },
  ];
  const counted = {
    // Two more came before the first of these.
    totals: {
      ...{ length: 1, key: Uint32Array.of(1), allocations: column([5]), frees: column([1]) },
      ...{ allocatedBytes: column([500]), freedBytes: column([100]) },
    },
    *sums() {
      yield* sums;
    },
  };
  const out = join(folder, "trace");
  const bare = { ...recording(drawing), gil: undefined };
  exported(bare, "chrome", out, everything, counted);
  const { traceEvents } = v.parse(traceFile, JSON.parse(readFileSync(out, "utf8")));
  const points = traceEvents.flatMap((event) => (event.ph === "C" ? [[event.ts, event.name, event.args]] : []));
  expect(points).toEqual([
    [1e5, "live bytes", { "live bytes": 500 }],
    [1e5, "live blocks", { "live blocks": 5 }],
    [2e5, "live bytes", { "live bytes": 400 }],
    [2e5, "live blocks", { "live blocks": 4 }],
  ]);
  exported(bare, "perfetto", out, everything, counted);
  const packets = packetsOf(readFileSync(out));
  const names = new Map(packets.map(({ trackDescriptor: of }) => [of?.uuid, [of?.name, of?.counter?.unit]]));
  const values = packets.flatMap(({ trackEvent: event, timestamp }) =>
    event?.type === "TYPE_COUNTER" ? [[timestamp, ...(names.get(event.trackUuid) ?? []), event.counterValue]] : [],
  );
  expect(values).toEqual([
    [1e8, "live bytes", "UNIT_SIZE_BYTES", 500],
    [1e8, "live blocks", "UNIT_COUNT", 5],
    [2e8, "live bytes", "UNIT_SIZE_BYTES", 400],
    [2e8, "live blocks", "UNIT_COUNT", 4],
  ]);
});

test("a file that is there is replaced only by a whole one", () => {
  const out = join(folder, "trace");
  writeFileSync(out, "before");
  const broken = recording(drawing);
  const holds = () => {
    throw new Error("damaged");
  };
  expect(() => exported({ ...broken, gil: { ...broken.gil, holds } }, "chrome", out)).toThrow("damaged");
  expect(readFileSync(out, "utf8")).toBe("before");
  expect(existsSync(`${out}.part`)).toBe(false);
});
