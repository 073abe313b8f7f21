// Recordings from elsewhere on the command line: verified, salvaged, redacted; a stranger's file that eats time is given up.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, expect, test } from "vitest";
import { redaction, salvage, verification } from "../../shared/evidence-documents.ts";
import { recordingOf } from "../fixtures/recordings.ts";
import { temporaryFolder } from "../fixtures/synthetic-recording.ts";
import { home, runCli } from "./run-cli.ts";

afterAll(() => rmSync(home, { recursive: true, force: true }));

function damaged(path: string): string {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 4096 * 20, 4096 * 22);
  writeFileSync(`${path}-bad`, bytes);
  return `${path}-bad`;
}

test("verify: 0 verified, 6 damaged or nothing there", async () => {
  const path = recordingOf("errors", join(temporaryFolder(), "a.refscope"));
  const good = await runCli(["verify", path, "--json"]);
  expect([good.code, v.parse(verification, JSON.parse(good.out)).outcome]).toEqual([0, "verified"]);
  const bad = await runCli(["verify", damaged(path)]);
  expect([bad.code, bad.out]).toEqual([6, expect.stringContaining("Its bytes are not those that were sealed.")]);
  expect((await runCli(["verify", `${path}-none`])).code).toBe(6);
});

test("salvage: a damaged file becomes one that is verified, and says what it is", async () => {
  const path = recordingOf("gil", join(temporaryFolder(), "a.refscope"));
  const said = await runCli(["salvage", damaged(path), "--out", `${path}-new`, "--json"]);
  expect(said.code).toBe(0);
  expect(v.parse(salvage, JSON.parse(said.out)).rows).toBeGreaterThan(50);
  const verified = await runCli(["verify", `${path}-new`, "--json"]);
  expect(v.parse(verification, JSON.parse(verified.out))).toMatchObject({ outcome: "verified", salvaged: true });
  expect((await runCli(["salvage", path])).code).toBe(2);
});

test("redact: what leaves is listed before anything is written", async () => {
  const path = recordingOf("errors", join(temporaryFolder(), "a.refscope"));
  const preview = await runCli(["redact", path, "--dry-run", "--level", "minimal"]);
  expect([preview.code, preview.out]).toEqual([0, expect.stringContaining("/srv/app/main.py → app/main.py")]);
  const written = await runCli(["redact", path, "--out", `${path}-new`, "--json"]);
  expect(v.parse(redaction, JSON.parse(written.out))).toMatchObject({
    out: `${path}-new`,
    removed: [{ what: "messages of exceptions", rows: 1 }],
  });
  expect(readFileSync(`${path}-new`).includes("no such cart")).toBe(false);
  expect((await runCli(["redact", path])).code).toBe(2);
});

test("a recording from elsewhere is read as one of ours is", async () => {
  const path = recordingOf("lifecycle", join(temporaryFolder(), "a.refscope"));
  const report = await runCli(["report", path, "--json"]);
  expect([report.code, JSON.parse(report.out).lifecycle.types[0].type]).toEqual([0, "dict"]);
});
