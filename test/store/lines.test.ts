// The line of each instruction of real code objects, as their own CPython says, against ours.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lineAt, lineRanges, minorOf } from "../../engine/analysis/lines.ts";
import { findPythons } from "../fixtures/pythons.ts";

const program = join(import.meta.dirname, "..", "fixtures", "dump_lines.py");
interface Code {
  readonly name: string;
  readonly first: number;
  readonly table: string;
  readonly lines: readonly (number | null)[];
}

function codesOf(python: string): readonly Code[] {
  const { stdout, stderr, status } = spawnSync(python, [program], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split("\n")
    .map((line): Code => JSON.parse(line));
}

describe.each(findPythons())("CPython $version", ({ path, version }) => {
  test("agrees on every instruction", () => {
    const codes = codesOf(path);
    const minor = minorOf(version) ?? 0;
    const wrong: string[] = [];
    for (const { name, first, table, lines } of codes) {
      const ranges = lineRanges(minor, Uint8Array.from(Buffer.from(table, "hex")), first);
      const ours = lines.map((_, at) => lineAt(ranges, 2 * at) ?? null);
      if (ours.join() !== lines.join()) wrong.push(`${name} from line ${first}`);
    }
    expect(codes.length).toBeGreaterThan(500);
    expect(wrong).toEqual([]);
  });
});
