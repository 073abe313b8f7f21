// In: a recording that followed the GIL, and the real CLI. Out: files that their readers can read, the reports' sections, refusals.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import protobuf from "protobufjs";
import * as v from "valibot";
import { afterAll, expect, test } from "vitest";
import { report } from "../../shared/documents.ts";
import { exportDocument } from "../../shared/export-formats.ts";
import { recordDrawing } from "../fixtures/recorded-gil.ts";
import { expectOk, recorderAt } from "../fixtures/synthetic-recording.ts";
import { home, runCli } from "./run-cli.ts";

afterAll(() => rmSync(home, { recursive: true, force: true }));

const lines = [`  ${"h".repeat(20)}`.padEnd(200), `          ${"w".repeat(12)}${"h".repeat(6)}`.padEnd(200)];
function recorded(name: string): string {
  const path = join(home, name);
  recordDrawing(path, { lines });
  return path;
}

test("chrome: JSON with a slice for each hold and wait, and its path on stdout", async () => {
  const path = recorded("chrome.refscope");
  const out = join(home, "a.json");
  expect(await runCli(["export", path, "--format", "chrome", "--out", out])).toMatchObject({
    code: 0,
    out: `${out}\n`,
  });
  const { traceEvents } = v.parse(
    v.object({ traceEvents: v.array(v.object({ ph: v.string(), name: v.string() })) }),
    JSON.parse(readFileSync(out, "utf8")),
  );
  expect(traceEvents.filter(({ ph }) => ph === "X").map(({ name }) => name)).toEqual([
    "holds GIL",
    "waits for GIL",
    "holds GIL",
  ]);
  expect(traceEvents.filter(({ ph }) => ph === "s" || ph === "f")).toHaveLength(2);
});

test("perfetto: packets that protobufjs reads; --json says what was written; a range leaves the rest out", async () => {
  const path = recorded("perfetto.refscope");
  const out = join(home, "a.perfetto-trace");
  const proto = protobuf.loadSync(join(import.meta.dirname, "../fixtures/perfetto-trace.proto"));
  const count = async (...more: string[]) => {
    const said = await runCli(["export", path, "--format", "perfetto", "--out", out, "--json", ...more]);
    const document = v.parse(exportDocument, JSON.parse(said.out));
    const bytes = readFileSync(out);
    expect(document).toMatchObject({ path: out, format: "perfetto", bytes: bytes.length });
    const trace = proto.lookupType("perfetto.protos.Trace").decode(bytes);
    return v.parse(v.object({ packet: v.array(v.any()) }), trace).packet.filter((one) => one.trackEvent !== null)
      .length;
  };
  // Two packets a slice, one for the arrow.
  expect(await count()).toBe(7);
  expect(await count("--from", "25ms")).toBe(4);
});

test("a recording without the GIL and memory: said, with what would help, and no file", async () => {
  const path = join(home, "bare.refscope");
  expectOk(recorderAt(path, { collected: ["errors"] }).finish(undefined));
  const out = join(home, "none.json");
  const said = await runCli(["export", path, "--format", "chrome", "--out", out]);
  expect(said).toMatchObject({ code: 2, out: "", talk: expect.stringContaining("`--collect lifecycle,gil`") });
  expect(existsSync(out)).toBe(false);
});

test("a document that is longer than a pipe holds arrives whole, also at a slow reader", async () => {
  const path = join(home, "long.refscope");
  const holds = Array.from({ length: 900 }, () => `${"h".repeat(10)} `).join("");
  recordDrawing(path, { lines: [holds] });
  const script = '"$0" "$1" report "$2" --json | { sleep 1; cat; }';
  const main = join(import.meta.dirname, "../../cli/main.ts");
  const out = execFileSync("sh", ["-c", script, process.execPath, main, path], { encoding: "utf8", maxBuffer: 1e7 });
  expect(out.length).toBeGreaterThan(150_000);
  expect(v.parse(report, JSON.parse(out)).gil?.longHolds).toHaveLength(900);
});

test("report has the GIL and the errors, in text and in the document", async () => {
  const path = recorded("report.refscope");
  const document = v.parse(report, JSON.parse((await runCli(["report", path, "--json"])).out));
  expect(document.gil?.longHolds).toHaveLength(1);
  expect(document.errors).toEqual({ raised: [], findings: [], calls: [] });
  const { out } = await runCli(["report", path]);
  expect(out).toMatch(/^pid [\s\S]*\nGIL\n[\s\S]*\nErrors\nNo exception was raised\.\n/);
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});
