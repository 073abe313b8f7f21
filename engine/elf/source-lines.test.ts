// In: a file that cc makes here, with debug information and without. Out: its lines, with what was inlined, as addr2line has them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { milliseconds } from "../../shared/units.ts";
import { loadedBuildId } from "./build-id.ts";
import { readElf } from "./elf.ts";
import { parseLines, sourceLines } from "./source-lines.ts";

const source = `extern int beyond(int);
static inline __attribute__((always_inline)) int within(int x) {
  return beyond(x) + 1;
}
int shown(int x) {
  return within(x) + 2;
}
`;

function compile(...words: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "refscope-lines-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "inlined.c"), source);
  const library = join(folder, "libinlined.so");
  execFileSync("cc", ["-shared", "-fPIC", "-O2", ...words, "-o", library, join(folder, "inlined.c")]);
  return library;
}
/** The address after the call, less one. */
function callIn(library: string): number {
  const lines = execFileSync("objdump", ["-d", library], { encoding: "utf8" }).split("\n");
  const call = lines.findIndex((line) => /\bcall\b.*beyond|\bbl\b.*beyond/.test(line));
  return Number.parseInt(lines[call + 1] ?? "", 16) - 1;
}
const limit = milliseconds(20_000);

test("a line, and the function it was inlined into", async () => {
  const library = compile("-g");
  const at = callIn(library);
  const answer = await sourceLines(library, [at, 1], limit);
  expect(answer?.complete).toBe(true);
  expect([...(answer?.lines.keys() ?? [])]).toEqual([at]);
  expect(answer?.lines.get(at)?.map(({ function: name, line }) => `${name}:${line}`)).toEqual(["within:3", "shown:6"]);
  expect(answer?.lines.get(at)?.[0]?.file).toMatch(/inlined\.c$/);
});

test("without debug information there is none; what is no program is no fault", async () => {
  const library = compile("-s");
  expect(await sourceLines(library, [callIn(library)], limit)).toMatchObject({ lines: new Map() });
  expect(await sourceLines("/nowhere", [1], limit)).toMatchObject({ lines: new Map(), complete: false });
});

test("what both programs write is read alike; nonsense is left out", () => {
  const addr2line =
    "0x0000000000001119\nwithin\n/src/a.c:3 (discriminator 2)\nshown\n/src/a.c:6\n0x0000000000000001\n??\n??:0\n";
  const llvm = "0x1119\nwithin\n/src/a.c:3\nshown\n/src/a.c:6\n0x1\n??\n??:0\n";
  const expected = new Map([
    [
      0x1119,
      [
        { function: "within", file: "/src/a.c", line: 3 },
        { function: "shown", file: "/src/a.c", line: 6 },
      ],
    ],
  ]);
  expect(parseLines(addr2line)).toEqual(expected);
  expect(parseLines(llvm)).toEqual(expected);
  expect(parseLines("\n\nnothing of this\n")).toEqual(new Map());
});

test("the build id of what is loaded is that of its file", () => {
  const base = execFileSync("sh", ["-c", `grep -m1 "node$" /proc/${process.pid}/maps`], { encoding: "utf8" }).split(
    "-",
  )[0];
  const elf = readElf(process.execPath);
  if (!elf.ok) throw new Error(elf.failure.cause);
  expect(loadedBuildId(process.pid, BigInt(`0x${base}`))).toBe(elf.value.buildId());
  elf.value.close();
  expect(loadedBuildId(process.pid, 0n)).toBeUndefined();
});
