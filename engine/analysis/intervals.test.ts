// Drawn sites and marks in, what grew from mark to mark out. A letter is a tenth of a second; and any batches at all, with detail taken out.
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Intervals } from "../../shared/marks.ts";
import { recordSites } from "../../test/fixtures/recorded-sites.ts";
import {
  batchOf,
  expectOk,
  noDefinitions,
  read,
  recorderAt,
  temporaryFolder,
} from "../../test/fixtures/synthetic-recording.ts";
import { openRecording, type RecordingReader } from "../store/reader.ts";
import { resolutions } from "../store/schema.ts";
import { intervalsOf } from "./intervals.ts";
import { Views } from "./views.ts";

const asked = (reader: RecordingReader, at: readonly number[] | undefined, limit: number): Intervals =>
  intervalsOf(reader, at, limit, new Views(reader, false));

function between(drawn: Readonly<Record<string, string>>, at?: readonly number[]): Intervals {
  const path = join(temporaryFolder(), "a.refscope");
  const sites = Object.entries(drawn).map(([type, letters]) => ({
    ...{ type, function: "handle", file: "app.py", drawn: letters },
  }));
  recordSites(path, sites);
  return asked(read(path), at, 10);
}
const told = ({ rows }: Intervals) =>
  rows.map(({ type, objects, steady }) => `${type} ${objects.join(" ")}${steady ? " steady" : ""}`);

test("what grew from mark to mark; the steady ones first, whatever the first interval brought", () => {
  const grown = between({ cache: "9999------", leak: "++++++++++", queue: "+-+-+-+-+-" }, [0.6, 0.8]);
  expect(told(grown)).toEqual(["leak 4 2 4 steady", "cache 36 -2 -4"]);
  expect(grown.total.objects).toEqual([40, 0, 0]);
  expect(grown.intervals.map(({ from, to, fromMark, toMark }) => [from, to, fromMark, toMark])).toEqual([
    [0, 0.6, null, "0.6 s"],
    [0.6, 0.8, "0.6 s", "0.8 s"],
    [0.8, 1.2, "0.8 s", null],
  ]);
});

test("marks that nothing was told between have nothing between them, which is not zero", () => {
  expect(between({ leak: "++++++++++" }, [0.58, 0.6]).rows[0]?.objects).toEqual([4, null, 6]);
});

test("where nobody set a mark the time is cut into eight parts, named by their numbers", () => {
  const { automatic, intervals, rows } = between({ leak: "+".repeat(80) });
  expect([automatic, intervals.length, intervals[1]?.fromMark, intervals[1]?.toMark]).toEqual([true, 8, "2", "3"]);
  expect(rows[0]).toMatchObject({ type: "leak", steady: true });
});

interface Batch {
  /** Milliseconds since the one before. */
  readonly after: number;
  readonly deltas: readonly { readonly key: number; readonly made: number; readonly freed: number }[];
}
const delta = fc.record({ key: fc.integer({ min: 1, max: 4 }), made: fc.nat(9), freed: fc.nat(9) });
const batch: fc.Arbitrary<Batch> = fc.record({
  after: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 60, max: 140 }) }, fc.integer({ min: 1, max: 9000 })),
  deltas: fc.uniqueArray(delta, { maxLength: 4, selector: ({ key }) => key }),
});

/** Without the tenths of seconds, and the seconds, of its first part. */
function recordAny(path: string, batches: readonly Batch[], [tenths, seconds]: readonly [number, number]): void {
  const recorder = recorderAt(path);
  const keys = [1, 2, 3, 4].map((id) => ({ id, type: id, site: 0, domain: 2 }));
  const types = keys.map(({ id }) => ({ id, name: `type ${id}` }));
  const [produced, start] = [{ allocations: 0, frees: 0 }, 1e12];
  let time = start;
  for (const [sequence, { after, deltas }] of batches.entries()) {
    time += after * 1e6;
    const rows = deltas
      .toSorted((a, b) => a.key - b.key)
      .map(({ key, made, freed }) => ({
        ...{ key, allocations: made, frees: freed, allocatedBytes: made * 100, freedBytes: freed * 100 },
      }));
    for (const row of rows) produced.allocations += row.allocations;
    for (const row of rows) produced.frees += row.frees;
    const content = { sequence, time, rows, produced, ...(sequence === 0 ? { keys } : {}) };
    expectOk(recorder.apply(batchOf(content), sequence === 0 ? { ...noDefinitions, types } : noDefinitions));
  }
  const closed = (unit: number, part: number) => Math.floor((((time - start) / 1e6 - 1000) * part) / unit) * unit;
  expectOk(
    recorder.beside((writer) => {
      const upTo = closed(10_000, tenths);
      if (upTo > 0) writer.forget(100, upTo);
      const older = closed(10_000, Math.min(seconds, tenths));
      if (older > 0) writer.forget(1000, older);
    }),
  );
  expectOk(recorder.finish(undefined));
}

const sum = (values: readonly (number | null)[]): number => values.reduce<number>((all, one) => all + (one ?? 0), 0);

test("nothing is lost and nothing invented: the intervals add up to the total, and each is what happened in it", () => {
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  const folder = temporaryFolder();
  const any = fc.tuple(
    fc.array(batch, { minLength: 1, maxLength: 150 }),
    fc.tuple(part, part),
    fc.array(part, { maxLength: 6 }),
  );
  fc.assert(
    fc.property(any, ([batches, gone, marks]) => {
      const path = join(folder, "any.refscope");
      recordAny(path, batches, gone);
      const reader = expectOk(openRecording(path));
      try {
        addsUp(reader, marks);
      } finally {
        reader.close();
      }
    }),
    { numRuns: 20, seed: 7 },
  );
});

test("of the oldest part of a long recording the totals alone are kept: the first interval has them", () => {
  const path = join(temporaryFolder(), "long.refscope");
  const recorder = recorderAt(path);
  const leak = [{ key: 1, allocations: 2, frees: 1, allocatedBytes: 200, freedBytes: 100 }];
  const keys = [{ id: 1, type: 1, site: 0, domain: 2 }];
  for (let sequence = 0; sequence < 16; sequence++) {
    const names = sequence === 0 ? { keys } : {};
    const produced = { allocations: 2 * sequence + 2, frees: sequence + 1 };
    const content = { sequence, time: 1e12 + sequence * 60e9, rows: leak, produced, ...names };
    expectOk(recorder.apply(batchOf(content), { ...noDefinitions, types: [{ id: 1, name: "dict" }] }));
  }
  expectOk(
    recorder.beside((writer) => {
      for (const resolution of resolutions) writer.forget(resolution, 600_000);
    }),
  );
  expectOk(recorder.finish(undefined));
  const { intervals, total, rows } = asked(read(path), [100, 700], 10);
  expect(intervals.map(({ from, to }) => [from, to])).toEqual([
    [0, 0],
    [0, 720.1],
    [720.1, 900.1],
  ]);
  expect([total.objects, rows[0]?.objects]).toEqual([
    [null, 13, 3],
    [null, 13, 3],
  ]);
});

function addsUp(reader: RecordingReader, marks: readonly number[]): void {
  const at = marks.map((mark) => (mark * reader.duration) / 1000);
  const { rows, total, intervals } = asked(reader, at, 100);
  const live = (column: "allocations" | "frees") => reader.totals[column].reduce((all, one) => all + one, 0);
  expect(sum(total.objects)).toBe(live("allocations") - live("frees"));
  expect(sum(total.bytes)).toBe(100 * sum(total.objects));
  for (const [at, whole] of total.objects.entries()) {
    expect(sum(rows.map(({ objects }) => objects[at] ?? 0))).toBe(whole ?? 0);
    const { from = 0, to = 0 } = intervals[at] ?? {};
    const [start, end] = [Math.round(from * 1000), Math.round(to * 1000)];
    const inside = [...reader.chunks(100)].filter(({ t }) => t > start && t <= end);
    expect(inside.length > 0).toBe(whole !== null);
    expect(whole ?? 0).toBe(sum(inside.map(({ deltas }) => sum([...deltas.allocations]) - sum([...deltas.frees]))));
  }
}
