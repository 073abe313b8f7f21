// A disk that fills up while it is recorded on: the recording ends with its code, is finished, and can be read to its last batch.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openRecording } from "../../engine/store/reader.ts";
import { expectOk, temporaryFolder } from "../fixtures/synthetic-recording.ts";

const program = join(import.meta.dirname, "record-forever.ts");
const keys = 300;

/** A file system of this size; undefined where mounting is not allowed. */
function smallDisk(size: string): string | undefined {
  const folder = join(temporaryFolder(), "disk");
  mkdirSync(folder);
  if (spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]).status !== 0) return undefined;
  onTestFinished(() => {
    execFileSync("umount", [folder]);
  });
  return folder;
}

function record(path: string): readonly string[] {
  const { stdout } = spawnSync(process.execPath, [program, path, String(keys)], {
    encoding: "latin1",
    maxBuffer: 1 << 26,
  });
  return stdout.trim().split("\n");
}

function expectWhole(path: string, lines: readonly string[], status: string): void {
  const stored = lines.filter((line) => line.startsWith("stored")).length;
  const reader = expectOk(openRecording(path));
  const facts = reader.recording();
  reader.close();
  expect([facts.status, facts.stored]).toEqual([status, { allocations: stored * 3 * keys, frees: stored * keys }]);
}

describe.skipIf(process.getuid?.() !== 0)("on a disk of its own", () => {
  for (const size of ["2m", "12m"]) {
    test(`of ${size}: the recording is finished from what was reserved`, (context) => {
      const disk = smallDisk(size);
      if (disk === undefined) return context.skip("mounting is not allowed here");
      const path = join(disk, "a.refscope");
      const lines = record(path);
      expect(lines.slice(-2)).toEqual(["failed disk-full", "finished"]);
      expect(readdirSync(disk)).toEqual(["a.refscope"]);
      expectWhole(path, lines, "closed");
    });
  }

  test("that is full already is refused before anything is written", (context) => {
    const disk = smallDisk("1m");
    if (disk === undefined) return context.skip("mounting is not allowed here");
    writeFileSync(join(disk, "other"), Buffer.alloc(900 * 1024));
    expect(record(join(disk, "a.refscope"))).toEqual(["failed disk-full"]);
    expect(readdirSync(disk)).toEqual(["other"]);
  });
});

test("a limit on the size of files ends the recording as a full disk does", () => {
  const path = join(temporaryFolder(), "a.refscope");
  // SIGXFSZ would end the program where a full disk would not.
  const shell = `trap '' XFSZ; ulimit -f 4096; exec "$@"`;
  const { stdout } = spawnSync("bash", ["-c", shell, "bash", process.execPath, program, path, String(keys)], {
    encoding: "latin1",
    maxBuffer: 1 << 26,
  });
  const lines = stdout.trim().split("\n");
  expect(lines).toContain("failed disk-full");
  expectWhole(path, lines, lines.at(-1) === "finished" ? "closed" : "recovered");
});
