// A disk that fails at any write call of a recorder: the recording ends with a code, and what had been confirmed can be read.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openRecording } from "../../engine/store/reader.ts";
import { temporaryFolder } from "../fixtures/synthetic-recording.ts";

const program = join(import.meta.dirname, "record-forever.ts");
const keys = 50;
const batches = 30;
/** 100 when asked for: each write call of such a recording up to there. */
const points = Number(process.env["REFSCOPE_FAULTS"] ?? 25);
const most = 100;

const shim = join(import.meta.dirname, "../fixtures/io-fault.c");
const built: { library?: string } = {};
beforeAll(() => {
  built.library = join(import.meta.dirname, "../../.cache/io-fault.so");
  execFileSync("cc", ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", built.library, shim, "-ldl"]);
});

function recordWith(path: string, error: string, at: number) {
  const { stdout, signal } = spawnSync(process.execPath, [program, path, String(keys), String(batches)], {
    encoding: "latin1",
    env: { ...process.env, LD_PRELOAD: built.library, REFSCOPE_FAULT: error, REFSCOPE_FAULT_AT: String(at) },
  });
  return { lines: stdout.trim().split("\n"), signal };
}

describe.each(["EIO", "ENOSPC"])("%s", (error) => {
  test(`at ${points} of the first ${most} write calls`, { timeout: 580_000 }, () => {
    const folder = temporaryFolder();
    for (let point = 0; point < points; point++) {
      const at = 1 + Math.floor((point * most) / points);
      const path = join(folder, `${at}.refscope`);
      const { lines, signal } = recordWith(path, error, at);
      const confirmed = lines.filter((line) => line.startsWith("stored")).length;
      expect([at, signal, lines.some((line) => /^failed (?:disk-full|cannot-write)$/.test(line))]).toEqual([
        at,
        null,
        true,
      ]);
      if (!existsSync(path)) {
        expect([at, confirmed]).toEqual([at, 0]);
        continue;
      }
      const opened = openRecording(path);
      expect([at, opened.ok]).toEqual([at, true]);
      if (!opened.ok) continue;
      const stored = opened.value.recording().stored["allocations"] ?? 0;
      opened.value.close();
      expect([at, stored >= confirmed * 3 * keys, stored <= (confirmed + 2) * 3 * keys]).toEqual([at, true, true]);
    }
  });
});
