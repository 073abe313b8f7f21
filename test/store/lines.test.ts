// The line of each instruction of real code objects, as their own CPython says, against ours.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lineAt, lineRanges, minorOf } from "../../engine/analysis/lines.ts";
import { pythons } from "../examples/pythons.ts";

const program = join(import.meta.dirname, "..", "fixtures", "dump_lines.py");
interface Code {
  readonly name: string;
  readonly first: number;
  readonly table: string;
  readonly lines: readonly (number | null)[];
}

function codesOf(python: string): { readonly version: string; readonly codes: readonly Code[] } {
  const { stdout, stderr, status } = spawnSync(python, [program], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  const [version = "", ...codes] = stdout.trim().split("\n");
  return { version: JSON.parse(version), codes: codes.map((line): Code => JSON.parse(line)) };
}

describe.each(pythons("3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"))("CPython $name", ({ path }) => {
  test("agrees on every instruction", () => {
    const { version, codes } = codesOf(path);
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
