// In: recordings of two builds on three hosts, exported into one folder, and the SQL of docs/fleet.md. Out: DuckDB's answers.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as v from "valibot";
import { expect, test } from "vitest";
import { exportRecording } from "../../engine/export/export.ts";
import { pythonWith } from "../fixtures/python-packages.ts";
import { recordSites } from "../fixtures/recorded-sites.ts";
import { expectOk, read, temporaryFolder } from "../fixtures/synthetic-recording.ts";

const document = readFileSync(resolve(import.meta.dirname, "../../docs/fleet.md"), "utf8");
const query = (title: string) =>
  new RegExp(`## ${title.replaceAll("?", "\\?")}\\n\\n\`\`\`sql\\n([^\`]+)\`\`\``).exec(document)?.[1] ?? "";

const second = "++  +  +  ";
const cache = { type: "dict", function: "fill", file: "cache.py", drawn: "9".repeat(5).padEnd(150) };
const leak = { type: "Node", function: "visit", file: "tree.py", drawn: second.repeat(15) };

function lake(): string {
  const folder = temporaryFolder();
  const hosts = ["a", "b", "c"];
  for (const [at, host] of hosts.entries())
    for (const [build, sites] of [
      ["v1", [cache]],
      ["v2", host === "c" ? [cache] : [cache, leak]],
    ] as const) {
      const startedAt = new Date(`2026-01-0${build === "v1" ? 1 : 2}T0${at}:00:00Z`);
      const path = recordSites(join(folder, `${build}-${host}.refscope`), sites, { startedAt });
      const request = { format: "parquet", out: join(folder, "lake"), build, host } as const;
      expectOk(exportRecording(read(path), request));
    }
  return join(folder, "lake");
}

const script = `
import sys, json, duckdb
lake, text = sys.argv[1:]
duckdb.sql(f"CREATE VIEW lake AS SELECT * FROM read_parquet('{lake}/*/*/*/*.parquet', hive_partitioning = true)")
print(json.dumps([[str(cell) if cell is not None else None for cell in row] for row in duckdb.sql(text).fetchall()]))
`;
const rows = v.array(v.array(v.nullable(v.string())));

test("the questions of docs/fleet.md, asked of DuckDB", (context) => {
  const python = pythonWith("duckdb");
  if ("missing" in python) return context.skip(python.missing);
  const folder = lake();
  const ask = (title: string) =>
    v.parse(rows, JSON.parse(execFileSync(python.path, ["-c", script, folder, query(title)], { encoding: "utf8" })));
  const builds = ask("Which build began to leak?");
  expect(builds.map(([build, , recordings, bytes]) => [build, recordings, Number(bytes) > 200])).toEqual([
    ["v1", "3", false],
    ["v2", "3", true],
  ]);
  expect(ask("On which hosts?").map(([host, build]) => [host, build])).toEqual([
    ["a", "v2"],
    ["b", "v2"],
  ]);
  const [site = [], ...more] = ask("At which site?");
  expect(more).toEqual([]);
  expect(site.slice(0, 6)).toEqual(["v2", "Node", "visit", "tree.py", "41", "2"]);
  expect(Number(site[6])).toBeCloseTo(4, 0);
  expect(ask("Which sites grow in one build and not in the one before?")).toEqual([["Node", "visit", "tree.py"]]);
  expect(ask("Which answers should not be trusted?")).toEqual([]);
});
