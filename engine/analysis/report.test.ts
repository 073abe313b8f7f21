// A drawn recording in; the ranked report and the chart's buckets out.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { SiteRow } from "../../shared/documents.ts";
import {
  batchOf,
  expectOk,
  feed,
  noDefinitions,
  read,
  recorderAt,
  temporaryFolder,
} from "../../test/fixtures/synthetic-recording.ts";
import { buildReport } from "./report.ts";
import { seriesOf } from "./series.ts";
import { Views } from "./views.ts";

/** co_linetable of 3.11: one line more for each of four instructions. */
const lineTable = Uint8Array.from([0, 1, 2, 3].flatMap(() => [0x80 | (11 << 3), 0, 1]));
const definitions = {
  ...noDefinitions,
  codes: [
    { id: 1, function: "handler", file: "app.py", firstLine: 40, lineTable },
    { id: 2, function: "main", file: "app.py", firstLine: 90, lineTable },
  ],
  types: [
    { id: 1, name: "dict" },
    { id: 2, name: "Node" },
  ],
  modules: [{ path: "/lib/fast.so", base: 0x7000n, size: 0x1000 }],
};

function recorded(lines: readonly string[]) {
  const path = join(temporaryFolder(), "a.refscope");
  const recorder = recorderAt(path);
  const frames: [number, number][] = [
    [1, 0],
    [2, 4],
  ];
  const sites = [
    { id: 1, native: 0n, frames },
    { id: 2, native: 0n, frames: [[1, 4] satisfies [number, number]] },
    { id: 3, native: 0x7010n, frames: [] },
    { id: 4, native: 0x7020n, frames: [] },
  ];
  const keys = [
    { id: 1, type: 1, site: 1, domain: 2 },
    { id: 2, type: 2, site: 2, domain: 2 },
    { id: 3, type: 0, site: 3, domain: 3 },
    { id: 4, type: 0, site: 4, domain: 3 },
  ];
  expectOk(recorder.apply(batchOf({ sequence: -0, time: 1e12 - 1e8, sites, keys }), definitions));
  recorder.nameNative(0x7020n, { module: "/lib/fast.so", function: "grow", offset: 3 });
  feed(
    recorder,
    lines.map((line) => ` ${line}`),
  );
  expectOk(recorder.finish(undefined));
  return path;
}
const brief = ({ type, domain, frames, live, growthPerSecond }: SiteRow) =>
  `${type ?? domain} ${frames.map((frame) => `${frame.function}:${frame.line}`).join(" ")} keeps ${live}${Math.round(growthPerSecond * 10) === 100 ? " at 10/s" : ""}`;

describe("sites", () => {
  test("the steady leak stands first, whatever else is large", () => {
    const { lifecycle } = buildReport(
      read(recorded(["+".repeat(150), `${"9".repeat(75)}${" ".repeat(75)}`, "+-".repeat(75), "+".repeat(20)])),
    );
    expect(lifecycle.sites.map(brief)).toEqual([
      "dict handler:41 main:93 keeps 150 at 10/s",
      "Node handler:43 keeps 675",
      "native grow:null keeps 20",
      "native +0x10:null keeps 0",
    ]);
    expect(lifecycle.sites[0]).toMatchObject({ steadiness: 1, allocated: 150, freed: 0, liveBytes: 15_000 });
    expect(lifecycle.types.some((row) => "steadiness" in row)).toBe(false);
    expect(lifecycle.types.map(({ type, live }) => [type, live])).toEqual([
      ["dict", 150],
      ["Node", 675],
    ]);
  });

  test("what is left out is said", () => {
    const report = buildReport(read(recorded(["+", "+", "+"])), 1);
    expect(report.lifecycle.sites).toHaveLength(1);
    expect(report.recording.notObserved).toEqual(
      expect.arrayContaining(["2 sites that grow less are left out.", "1 types that grow less are left out."]),
    );
  });

  test("keys of one type, domain and place are one row", () => {
    const path = join(temporaryFolder(), "a.refscope");
    const recorder = recorderAt(path);
    const sites = [1, 2].map((id) => ({ id, native: 0n, frames: [[1, 0] satisfies [number, number]] }));
    const keys = [1, 2].map((id) => ({ id, type: id, site: id, domain: 2 }));
    const row = { allocations: 2, frees: 0, allocatedBytes: 20, freedBytes: 0 };
    const types = [
      { id: 1, name: "dict" },
      { id: 2, name: "dict" },
    ];
    expectOk(
      recorder.apply(
        batchOf({
          sequence: 0,
          sites,
          keys,
          rows: [
            { key: 1, ...row },
            { key: 2, ...row },
          ],
        }),
        { ...definitions, types },
      ),
    );
    expectOk(recorder.finish(undefined));
    expect(buildReport(read(path)).lifecycle.sites.map(({ live }) => live)).toEqual([4]);
  });

  test("a key that was never defined is counted all the same", () => {
    const path = join(temporaryFolder(), "a.refscope");
    const recorder = recorderAt(path);
    expectOk(
      recorder.apply(
        batchOf({ sequence: 0, rows: [{ key: 9, allocations: 1, frees: 0, allocatedBytes: 8, freedBytes: 0 }] }),
        noDefinitions,
      ),
    );
    expectOk(recorder.finish(undefined));
    expect(buildReport(read(path)).lifecycle.sites).toMatchObject([{ type: null, frames: [], live: 1 }]);
  });
});

test("how often a type grew is told beside its row", () => {
  const { rows, steadiness } = new Views(read(recorded(["+".repeat(150), "+-".repeat(75)])), false).types;
  expect(rows.map(({ type }) => type)).toEqual(["dict", "Node"]);
  expect(steadiness).toEqual([1, 0]);
});

describe("series", () => {
  const path = () => recorded(["+".repeat(600), "+-".repeat(300)]);
  test.each([
    [600, 0.5, 121],
    [60, 1.5, 41],
    [10, 7, 9],
    [1, 70, 1],
  ])("%d buckets at most", (most, bucketSeconds, length) => {
    const series = seriesOf(read(path()), most);
    expect([series.bucketSeconds, series.buckets.length]).toEqual([bucketSeconds, length]);
    expect(series.buckets.at(-1)?.live).toBe(600);
    expect(series.buckets.reduce((sum, bucket) => sum + (bucket.allocated ?? 0), 0)).toBe(900);
  });

  test("what rises and falls within a bucket is in its range", () => {
    const [bucket] = seriesOf(read(recorded(["+++++-----"])), 1).buckets;
    expect(bucket).toMatchObject({ live: 0, liveRange: { least: 0, most: 5 } });
  });

  test("a time without batches is unknown, not zero", () => {
    const file = join(temporaryFolder(), "a.refscope");
    const recorder = recorderAt(file);
    for (const sequence of [0, 1, 2, 40, 41]) expectOk(recorder.apply(batchOf({ sequence }), noDefinitions));
    expectOk(recorder.finish(undefined));
    expect(seriesOf(read(file), 600).buckets.map(({ live }) => live)).toEqual([
      0,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      0,
    ]);
  });

  test("an empty recording has no buckets", () => {
    const file = join(temporaryFolder(), "a.refscope");
    expectOk(recorderAt(file).finish(undefined));
    expect(seriesOf(read(file), 600).buckets).toEqual([]);
    expect(buildReport(read(file)).lifecycle).toEqual({ types: [], sites: [] });
  });
});
