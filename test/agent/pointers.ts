// A pid in, the words of its modules' data that point into the resident core out: none when everything was taken back. Used by the tests of this folder.
import { closeSync, openSync, readSync } from "node:fs";
import type { Pid } from "../../shared/units.ts";
import { mapsOf } from "./target.ts";

interface Range {
  readonly from: number;
  readonly to: number;
  readonly protection: string;
  readonly path: string;
}
const largest = 16 << 20;

export const rangesOf = (pid: Pid): readonly Range[] =>
  mapsOf(pid).map((line) => {
    const [, from = "", to = "", protection = "", path = ""] =
      /^(\w+)-(\w+) (\S+) \S+ \S+ \S+\s*(.*)$/.exec(line) ?? [];
    return { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16), protection, path };
  });

export function memoryOf(pid: Pid, from: number, length: number): Buffer {
  const file = openSync(`/proc/${pid}/mem`, "r");
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, from));
  } catch {
    return Buffer.alloc(0); // past the end of its file, or gone meanwhile
  } finally {
    closeSync(file);
  }
}

/** The C library keeps the fork handler for good, as the core stays for good. */
const keepsHandler = /\/libc[.-]/;
const isFile = ({ path }: Range): boolean => path.startsWith("/") && !/memfd/.test(path) && !keepsHandler.test(path);

/** Data of files, and the anonymous memory right behind it: .bss. */
function isData(range: Range, before: Range | undefined): boolean {
  if (!/^r[w-]-p/.test(range.protection) || range.to - range.from > largest) return false;
  return isFile(range) || (range.path === "" && before?.to === range.from && isFile(before));
}

export function pointersIntoCore(pid: Pid): number {
  const ranges = rangesOf(pid);
  const cores = ranges.filter(({ path, protection }) => /memfd:refscope-core/.test(path) && protection === "r-xp");
  const into = (word: number) => cores.some(({ from, to }) => word >= from && word < to);
  let found = 0;
  for (const range of ranges.filter((one, i) => isData(one, ranges[i - 1]))) {
    const bytes = memoryOf(pid, range.from, range.to - range.from);
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      if (bytes.readUInt16LE(at + 6) === 0 && into(bytes.readUIntLE(at, 6))) found++;
    }
  }
  return found;
}
