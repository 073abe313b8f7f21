// A drawn recording in; each file taken apart again by a reader of its format that is not ours.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Ajv } from "ajv";
import { Profile } from "pprof-format";
import * as v from "valibot";
import { expect, test } from "vitest";
import { hostileTexts, rawControl } from "../../test/fixtures/hostile-texts.ts";
import { recordSites } from "../../test/fixtures/recorded-sites.ts";
import { read, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { type ExportRequest, exportRecording } from "./export.ts";

const evil = "=1+1\u202e;\u0007x";
const sites = [
  { type: "dict", function: "handler", file: "app.py", line: 40, drawn: "5++" },
  { type: evil, function: '@f"', file: "-a,b.py", line: 7, drawn: "+ -" },
  { type: "Gone", function: "brief", file: "app.py", drawn: "+- " },
];

function exported(format: ExportRequest["format"], more: Partial<ExportRequest> = {}, drawn = sites): Buffer {
  const folder = temporaryFolder();
  const reader = read(recordSites(join(folder, "a.refscope"), drawn));
  const out = join(folder, "out");
  const done = exportRecording(reader, { format, out: format === "parquet" ? `${out}.parquet` : out, ...more });
  if (!done.ok) throw new Error(done.failure.cause);
  expect(statSync(done.value.path)).toMatchObject({ size: done.value.bytes });
  expect(statSync(done.value.path).mode & 0o777).toBe(0o600);
  return readFileSync(done.value.path);
}

const speedscopeFile = v.object({
  shared: v.object({ frames: v.array(v.object({ name: v.string(), line: v.optional(v.number()) })) }),
  profiles: v.array(
    v.object({
      name: v.string(),
      unit: v.string(),
      endValue: v.number(),
      samples: v.array(v.array(v.number())),
      weights: v.array(v.number()),
    }),
  ),
});

test("speedscope: what its published schema accepts, a profile a measure", () => {
  const schema = createRequire(import.meta.url)("speedscope/dist/release/file-format-schema.json");
  const file: unknown = JSON.parse(exported("speedscope").toString());
  const validate = new Ajv({ strict: false }).compile(schema);
  expect(validate(file), JSON.stringify(validate.errors)).toBe(true);
  const { shared, profiles } = v.parse(speedscopeFile, file);
  const told = profiles.map(({ name, unit, endValue, samples, weights }) => [
    ...[name, unit, endValue],
    ...samples.map((sample, at) => [...sample.map((frame) => shared.frames[frame]?.name), weights[at]]),
  ]);
  expect(told).toEqual([
    ["live bytes", "bytes", 700, ["main", "handler", "[dict]", 700]],
    ["live blocks", "none", 7, ["main", "handler", "[dict]", 7]],
  ]);
  expect(shared.frames.map(({ line }) => line)).toContain(41);
});

test("collapsed: a line a stack, a number after its last blank, no frame more than there is", () => {
  const lines = exported("collapsed", { what: "allocated" }).toString().trimEnd().split("\n");
  expect(lines.map((line) => [line.split(";").length, Number(line.slice(line.lastIndexOf(" ")))])).toEqual([
    [3, 7],
    [3, 1],
    [3, 1],
  ]);
  expect(lines[0]).toBe("main (app.py:93);handler (app.py:41);[dict] 7");
  expect(["\u202e", "\u0007"].filter((letter) => lines.join("").includes(letter))).toEqual([]);
});

test("pprof: gzip, read by another implementation of its format", () => {
  const bytes = exported("pprof");
  expect([...bytes.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
  const profile = Profile.decode(gunzipSync(bytes));
  const text = (index: number | bigint) => profile.stringTable.strings[Number(index)];
  expect(profile.stringTable.strings[0]).toBe("");
  expect(profile.sampleType.map(({ type, unit }) => [text(type), text(unit)])).toEqual([
    ["live_bytes", "bytes"],
    ["live_blocks", "count"],
  ]);
  const functions = new Map(profile.function.map((one) => [Number(one.id), [text(one.name), text(one.filename)]]));
  const locations = new Map(profile.location.map((one) => [Number(one.id), one.line]));
  const told = profile.sample.map(({ locationId, value, label }) => [
    locationId.flatMap((id) =>
      (locations.get(Number(id)) ?? []).map((line) => [
        ...(functions.get(Number(line.functionId)) ?? []),
        Number(line.line),
      ]),
    ),
    value.map(Number),
    label.map(({ key, str }) => [text(key), text(str)]),
  ]);
  expect(told).toEqual([
    [
      [
        ["handler", "app.py", 41],
        ["main", "app.py", 93],
      ],
      [700, 7],
      [["type", "dict"]],
    ],
  ]);
  expect(Number(profile.timeNanos) / 1e6).toBeCloseTo(Date.parse("2026-01-02T03:04:05Z"), -1);
});

test("csv: a cell that a spreadsheet would run is a text, numbers are raw", () => {
  const [header = "", ...rows] = exported("csv", { build: "+1", host: "web-1" }).toString().trimEnd().split("\r\n");
  expect(header.split(",").slice(0, 4)).toEqual(["build", "host", "day", "recording"]);
  const hostile = rows.find((row) => row.includes("1+1")) ?? "";
  expect(hostile).toMatch(/^'\+1,web-1,2026-01-02,a\.refscope,/);
  expect(hostile).toContain(`,'=1+1\\u202e;\\u0007x,obj,"'@f""","'-a,b.py",8,`);
  expect(rows[0]).toMatch(/,7,700,7,0,/);
});

test("hostile texts in every column: no line, cell or frame more, nothing that a terminal or a spreadsheet obeys", () => {
  const drawn = hostileTexts.map((text) => ({ type: text, function: text, file: text, drawn: "5" }));
  const out = (format: ExportRequest["format"]) => exported(format, { what: "allocated", host: "web-1" }, drawn);
  const text = (format: ExportRequest["format"]) => out(format).toString();
  for (const format of ["csv", "jsonl", "collapsed", "speedscope"] as const)
    expect([format, rawControl.exec(text(format).replaceAll("\r\n", "\n"))?.[0]]).toEqual([format, undefined]);
  const csv = text("csv").trimEnd().split("\r\n");
  expect(csv).toHaveLength(drawn.length + 1);
  const cells = csv.flatMap((line) => line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? []);
  expect(cells.filter((cell) => /^"?[=+@\t\r]|^"?-(?!\d+(?:\.\d+)?$)/.test(cell))).toEqual([]);
  expect(text("jsonl").trimEnd().split("\n")).toHaveLength(drawn.length);
  const stacks = text("collapsed").trimEnd().split("\n");
  expect(stacks.filter((line) => !/^[^;]*;[^;]*;[^;]* \d+$/.test(line))).toEqual([]);
  expect(Profile.decode(gunzipSync(out("pprof"))).sample.length).toBeGreaterThan(drawn.length / 2);
});

test("jsonl: an object a line, with the names of the columns", () => {
  const rows = exported("jsonl")
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatchObject({ type: "dict", function: "handler", line: 41, live: 7, live_bytes: 700, freed: 0 });
});

test("parquet: in a folder it lies by build, host and day, and a second export replaces the first", () => {
  const folder = temporaryFolder();
  const lake = join(folder, "lake");
  const reader = read(recordSites(join(folder, "a.refscope"), sites));
  const request = { format: "parquet", out: lake, build: "../v 1", host: "web-1" } as const;
  expect(exportRecording(reader, request).ok && exportRecording(reader, request).ok).toBe(true);
  const parts = readdirSync(lake, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".parquet"));
  expect(parts).toEqual(["build=%2E%2E%2Fv%201/host=web-1/day=2026-01-02/part-20260102T030405000Z-4711.parquet"]);
});

test("the pseudonym of a host depends on the salt and says nothing else", () => {
  const hostOf = (hostSalt: string) => JSON.parse(exported("jsonl", { hostSalt }).toString().split("\n")[0] ?? "").host;
  expect(hostOf("a")).toMatch(/^h-[0-9a-f]{16}$/);
  expect(hostOf("a")).toBe(hostOf("a"));
  expect(hostOf("a")).not.toBe(hostOf("b"));
});

test("what was not collected, and the recording itself as the file: refused, nothing written", () => {
  const folder = temporaryFolder();
  const reader = read(recordSites(join(folder, "a.refscope"), sites));
  const out = join(folder, "none");
  expect(exportRecording(reader, { format: "speedscope", out, what: "gil" })).toMatchObject({
    failure: { code: "not-found", fix: "Record with `--collect gil`." },
  });
  expect(exportRecording(reader, { format: "csv", out: reader.path })).toMatchObject({ failure: { code: "usage" } });
  expect(existsSync(out)).toBe(false);
});
