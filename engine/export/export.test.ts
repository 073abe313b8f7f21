// Drawn holds in; traces that a reader of each format takes apart again, slice by slice and arrow by arrow, out.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import protobuf from "protobufjs";
import * as v from "valibot";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { nanoseconds } from "../../shared/units.ts";
import { type Drawing, drawnRecording, originNs } from "../../test/fixtures/drawn-gil.ts";
import { type ExportRequest, exportRecording } from "./export.ts";
import { ProtoWriter } from "./proto-writer.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "refscope-export-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

const target = {
  ...{ pid: 4711, executable: "/usr/bin/python3.11", command: 'app.py "é"', python: "3.11.7" },
  ...{ build: [], platform: "linux-x64" },
};
const recording = (drawing: Drawing) => ({
  ...drawnRecording(drawing),
  path: join(folder, "a.refscope"),
  facts: { target },
});
function written(drawing: Drawing, format: ExportRequest["format"], range: Partial<ExportRequest> = {}): Buffer {
  const out = join(folder, "trace");
  const done = exportRecording(recording(drawing), { format, out, ...range });
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

const proto = protobuf.loadSync(resolve(import.meta.dirname, "../../test/fixtures/perfetto-trace.proto"));
const whole = v.pipe(v.union([v.number(), v.string()]), v.transform(Number));
const packetSchema = v.object({
  timestamp: v.optional(whole),
  trustedPacketSequenceId: v.literal(1),
  sequenceFlags: v.number(),
  internedData: v.optional(v.object({ eventNames: v.array(v.object({ iid: whole, name: v.string() })) })),
  trackDescriptor: v.optional(
    v.object({
      uuid: whole,
      parentUuid: v.optional(whole),
      name: v.optional(v.string()),
      process: v.optional(v.object({ pid: v.number(), processName: v.string() })),
      thread: v.optional(v.object({ pid: v.number(), tid: v.number(), threadName: v.string() })),
    }),
  ),
  trackEvent: v.optional(
    v.object({
      type: v.picklist(["TYPE_SLICE_BEGIN", "TYPE_SLICE_END", "TYPE_INSTANT"]),
      trackUuid: whole,
      nameIid: v.optional(whole),
      flowIds: v.optional(v.array(whole), []),
      terminatingFlowIds: v.optional(v.array(whole), []),
      callstack: v.optional(v.object({ frames: v.array(v.object({ functionName: v.string() })) })),
    }),
  ),
});
type Packet = v.InferOutput<typeof packetSchema>;

function packetsOf(bytes: Buffer): readonly Packet[] {
  const type = proto.lookupType("perfetto.protos.Trace");
  const decoded = type.toObject(type.decode(bytes), { longs: Number, enums: String });
  return v.parse(v.object({ packet: v.array(packetSchema) }), decoded).packet;
}

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
  exportRecording(twice, { format: "chrome", out });
  const { traceEvents } = v.parse(traceFile, JSON.parse(readFileSync(out, "utf8")));
  expect(traceEvents.filter(({ ph }) => ph === "X").map(({ tid }) => tid)).toEqual([101, (1 << 23) + 2]);
  exportRecording(twice, { format: "perfetto", out });
  const tracks = packetsOf(readFileSync(out)).flatMap(
    ({ trackDescriptor: of }) => of?.thread?.threadName ?? of?.name ?? [],
  );
  expect(tracks).toEqual(["life 1", "life 2"]);
});

test("a range takes what overlaps it, whole, and no arrow to what it left out", () => {
  expect(chromeRows(written(drawing, "chrome", { fromMs: 11, toMs: 12 }))).toEqual([
    [101, "holds GIL", 10, 13],
    [103, "waits for GIL", 3, 13],
    [103, "holds GIL", 13, 14],
  ]);
});

test("without the GIL, or onto the recording itself: refused, nothing written", () => {
  const bare = { ...recording(drawing), gil: undefined };
  const out = join(folder, "none");
  expect(exportRecording(bare, { format: "chrome", out })).toMatchObject({ ok: false, failure: { code: "not-found" } });
  const itself = recording(drawing);
  expect(exportRecording(itself, { format: "chrome", out: itself.path })).toMatchObject({ failure: { code: "usage" } });
  const nowhere = join(folder, "no", "such", "folder");
  expect(exportRecording(itself, { format: "chrome", out: nowhere })).toMatchObject({
    failure: { code: "cannot-write" },
  });
  expect(existsSync(out)).toBe(false);
});

test("a file that is there is replaced only by a whole one", () => {
  const out = join(folder, "trace");
  writeFileSync(out, "before");
  const broken = recording(drawing);
  const holds = () => {
    throw new Error("damaged");
  };
  expect(() => exportRecording({ ...broken, gil: { ...broken.gil, holds } }, { format: "chrome", out })).toThrow(
    "damaged",
  );
  expect(readFileSync(out, "utf8")).toBe("before");
  expect(existsSync(`${out}.part`)).toBe(false);
});

test("messages of any length, and numbers up to 2^53", () => {
  const type = proto.lookupType("perfetto.protos.EventName");
  for (const length of [0, 126, 127, 128, 16_383, 16_384, 300_000]) {
    const writer = new ProtoWriter();
    writer.message(2, () => {
      writer.varint(1, 2 ** 53 - 1);
      writer.text(2, "x".repeat(length));
    });
    const outer = proto.lookupType("perfetto.protos.InternedData").decode(writer.bytes());
    const [name] = v.parse(v.object({ eventNames: v.array(v.any()) }), outer).eventNames;
    expect(type.toObject(name, { longs: Number })).toEqual({ iid: 2 ** 53 - 1, name: "x".repeat(length) });
  }
});
