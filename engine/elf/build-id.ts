// The notes of an ELF file, or the memory of a process in, the build id out: whether a file is the one that is loaded. Used by elf.ts
// and engine/session/native-lines.ts. Layout: System V ABI, "Note Section".
import { closeSync, openSync, readSync } from "node:fs";

const buildIdNote = 3; // NT_GNU_BUILD_ID
const header = { programsAt: 32, programSize: 54, programs: 56, size: 64 } as const;
const program = { type: 0, address: 16, size: 40, length: 56 } as const;
const [loadProgram, noteProgram] = [1, 4];
const mostPrograms = 64;
const longestNotes = 4096;

/** Notes: name length, content length, type, then both, each padded to four bytes. */
export function findBuildId(bytes: Buffer | undefined): string | undefined {
  let at = 0;
  while (bytes && at + 12 <= bytes.length) {
    const name = at + 12;
    const content = name + padded(bytes.readUInt32LE(at));
    const end = content + bytes.readUInt32LE(at + 4);
    if (end > bytes.length) return undefined;
    if (bytes.readUInt32LE(at + 8) === buildIdNote && bytes.toString("latin1", name, name + 4) === "GNU\0")
      return bytes.toString("hex", content, end);
    at = padded(end);
  }
  return undefined;
}

const padded = (length: number): number => Math.ceil(length / 4) * 4;

type Read = (address: number, length: number) => Buffer | undefined;

/** Of the module that a process has loaded at `base`; undefined when it has none, or its memory cannot be read. */
export function loadedBuildId(pid: number, base: bigint): string | undefined {
  try {
    const memory = openSync(`/proc/${pid}/mem`, "r");
    try {
      return buildIdIn((address, length) => {
        const bytes = Buffer.alloc(length);
        return readSync(memory, bytes, 0, length, base + BigInt(address)) === length ? bytes : undefined;
      });
    } finally {
      closeSync(memory);
    }
  } catch {
    return undefined;
  }
}

function buildIdIn(read: Read): string | undefined {
  const head = read(0, header.size);
  const [at, count] = [Number(head?.readBigUInt64LE(header.programsAt)), head?.readUInt16LE(header.programs) ?? 0];
  if (!Number.isSafeInteger(at) || count > mostPrograms || head?.readUInt16LE(header.programSize) !== program.length)
    return undefined;
  const bytes = read(at, count * program.length);
  const rows = Array.from(
    { length: bytes ? count : 0 },
    (_, row) => bytes?.subarray(row * program.length) ?? Buffer.alloc(0),
  );
  const wholeAt = (row: Buffer, field: number) => Number(row.readBigUInt64LE(field));
  const loads = rows.filter((row) => row.readUInt32LE(program.type) === loadProgram);
  const lowest = Math.min(...loads.map((row) => wholeAt(row, program.address)));
  for (const row of rows.filter((one) => one.readUInt32LE(program.type) === noteProgram)) {
    const length = Math.min(wholeAt(row, program.size), longestNotes);
    const id = findBuildId(read(wholeAt(row, program.address) - lowest, length));
    if (id !== undefined) return id;
  }
  return undefined;
}
