// In: files that cc makes here, the machine's libc and its Pythons. Out: symbols as nm and readelf name them; damaged files as values.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Elf, readElf } from "./elf.ts";
import { readIdentity } from "./identity.ts";
import { Symbolizer } from "./symbolizer.ts";

const source = `
__attribute__((noinline)) static int hidden(int x) { return x * 3; }
__attribute__((noinline)) int shown(int x) { return hidden(x) + 1; }
int (*keep)(int) = hidden;
`;
let folder: string;
let library: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "refscope-elf-"));
  writeFileSync(join(folder, "two.c"), source);
  library = join(folder, "libtwo.so");
  const words = [
    "-shared",
    "-fPIC",
    "-O1",
    "-Wl,--build-id=0x0123456789abcdef",
    "-Wl,-soname,libtwo.so.1",
    "-o",
    library,
    join(folder, "two.c"),
  ];
  execFileSync("cc", words);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Opens, asks, closes. */
function ask<T>(path: string, question: (elf: Elf) => T): T | string {
  const elf = readElf(path);
  if (!elf.ok) return elf.failure.code;
  const answer = question(elf.value);
  elf.value.close();
  return answer;
}
/** What nm says: name → address. */
function nm(path: string): ReadonlyMap<string, number> {
  const lines = execFileSync("nm", [path], { encoding: "utf8" }).trim().split("\n");
  return new Map(lines.map((line) => [line.split(" ").at(-1) ?? "", Number.parseInt(line, 16)]));
}

test("a shared object tells its name, build id and exported symbols", () => {
  expect(ask(library, (elf) => elf.soname())).toBe("libtwo.so.1");
  expect(ask(library, (elf) => elf.buildId())).toBe("0123456789abcdef");
  expect(ask(library, (elf) => [...elf.exported(["shown", "hidden", "own"]).keys()])).toEqual(["shown"]);
});

test("an address is named by the function that holds it, static ones too", () => {
  const addresses = nm(library);
  const symbols = new Symbolizer();
  for (const name of ["hidden", "shown"])
    expect(symbols.symbolAt(library, (addresses.get(name) ?? 0) + 2)).toEqual({ function: name, offset: 2 });
  expect(symbols.symbolAt(library, 0)).toBeUndefined();
});

test("stripped, only exported functions are named; a replaced file is read anew", () => {
  const changing = join(folder, "changing.so");
  copyFileSync(library, changing);
  const hidden = (nm(library).get("hidden") ?? 0) + 1;
  const symbols = new Symbolizer();
  expect(symbols.symbolAt(changing, hidden)?.function).toBe("hidden");
  execFileSync("strip", [changing]);
  expect(symbols.symbolAt(changing, hidden)).toBeUndefined();
});

test("a program of a fixed address is asked by the distance from its base", () => {
  const program = join(folder, "fixed");
  writeFileSync(join(folder, "main.c"), "int main(void) { return 0; }");
  execFileSync("cc", ["-no-pie", "-o", program, join(folder, "main.c")]);
  const main = nm(program).get("main") ?? 0;
  expect(new Symbolizer().symbolAt(program, main - 0x400000)).toEqual({ function: "main", offset: 0 });
});

test("what is no ELF file is a failure with its cause", () => {
  writeFileSync(join(folder, "text"), "just text");
  execFileSync("mkfifo", [join(folder, "pipe")]);
  for (const path of ["text", "pipe", "absent", "."])
    expect(ask(join(folder, path), () => "read")).toBe("unreadable-binary");
});

test("a 32-bit file has an identity but is not read", () => {
  const bytes = readFileSync(library);
  bytes[4] = 1;
  writeFileSync(join(folder, "narrow"), bytes);
  expect(readIdentity(join(folder, "narrow"))).toMatchObject({ ok: true, value: { bits: 32 } });
  expect(ask(join(folder, "narrow"), () => "read")).toBe("unreadable-binary");
});

test("damaged files never throw", () => {
  const whole = readFileSync(library);
  const path = join(folder, "damaged.so");
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 24 });
  const headers = fc.array(fc.tuple(fc.nat(63), fc.nat(255)), { minLength: 0, maxLength: 4 });
  const sections = fc.array(fc.tuple(fc.integer({ min: whole.length - 30 * 64, max: whole.length - 1 }), fc.nat(255)), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(damage, headers, sections, fc.nat(whole.length), (a, b, c, cut) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of [...a, ...b, ...c]) bytes[at] = value;
      writeFileSync(path, cut % 3 === 0 ? bytes.subarray(0, cut) : bytes);
      ask(path, (elf) => [
        elf.soname(),
        elf.buildId(),
        elf.exported(["shown"]),
        elf.functions()?.name(0),
        elf.textAt(elf.lowestAddress),
      ]);
      new Symbolizer().symbolAt(path, 0x1100);
    }),
    { numRuns: 400 },
  );
});
