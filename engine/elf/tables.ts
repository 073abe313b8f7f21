// The ELF header in, section and segment headers out. Layout: System V ABI, ELF-64. Next: elf.ts.
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { BinaryFile } from "./binary-file.ts";
import { identityOf } from "./identity.ts";

export interface Section {
  readonly name: string;
  readonly type: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  /** For a symbol table the index of its string table. */
  readonly link: number;
}
/** A part of the file and the address it is loaded at. */
export interface Segment {
  readonly address: number;
  readonly offset: number;
  readonly fileSize: number;
}
export interface Tables {
  readonly machine: number;
  readonly sections: readonly Section[];
  readonly loads: readonly Segment[];
}

export const sectionTypes = { symbols: 2, dynamic: 6, note: 7, noBytes: 8, dynamicSymbols: 11 } as const;
const header = {
  segmentsAt: 32,
  sectionsAt: 40,
  segmentSize: 54,
  segments: 56,
  sectionSize: 58,
  sections: 60,
  names: 62,
  size: 64,
};
const sectionRow = { name: 0, type: 4, address: 16, offset: 24, size: 32, link: 40, length: 64 } as const;
const segmentRow = { type: 0, offset: 8, address: 16, fileSize: 32, length: 56 } as const;
const loadSegment = 1;
/** Kernel and linkers stay far below; more is an attack on our memory. */
const mostRows = 4096;

export function readTables(file: BinaryFile): Result<Tables> {
  const refuse = (why: string) => fail("unreadable-binary", { path: file.path, why });
  const identity = identityOf(file);
  if (!identity.ok) return identity;
  if (identity.value.bits === 32 || !identity.value.littleEndian) return refuse("it is not 64-bit little-endian");
  const head = file.read(0, header.size);
  if (head === undefined) return refuse("its header is cut off");
  const sectionBytes = rows(file, head, header.sectionsAt, header.sections, header.sectionSize, sectionRow.length);
  const segmentBytes = rows(file, head, header.segmentsAt, header.segments, header.segmentSize, segmentRow.length);
  if (sectionBytes === undefined || segmentBytes === undefined) return refuse("its tables are outside the file");
  return ok({
    machine: identity.value.machine,
    sections: nameSections(file, sectionBytes, head.readUInt16LE(header.names)),
    loads: segmentBytes.filter((row) => row.readUInt32LE(segmentRow.type) === loadSegment).map(toSegment),
  });
}

/** The rows of one table; none where the file has none; undefined where the table cannot be. */
function rows(
  file: BinaryFile,
  head: Buffer,
  at: number,
  count: number,
  size: number,
  length: number,
): readonly Buffer[] | undefined {
  const rowCount = head.readUInt16LE(count);
  if (rowCount === 0) return [];
  if (rowCount > mostRows || head.readUInt16LE(size) !== length) return undefined;
  const bytes = file.read(whole(head, at), rowCount * length);
  return bytes && Array.from({ length: rowCount }, (_, index) => bytes.subarray(index * length, (index + 1) * length));
}

function nameSections(file: BinaryFile, sectionRows: readonly Buffer[], namesIndex: number): readonly Section[] {
  const namesRow = sectionRows[namesIndex];
  const names = namesRow && file.read(whole(namesRow, sectionRow.offset), whole(namesRow, sectionRow.size));
  return sectionRows.map((row) => ({
    name: stringAt(names, row.readUInt32LE(sectionRow.name)),
    type: row.readUInt32LE(sectionRow.type),
    address: whole(row, sectionRow.address),
    offset: whole(row, sectionRow.offset),
    size: whole(row, sectionRow.size),
    link: row.readUInt32LE(sectionRow.link),
  }));
}

const toSegment = (row: Buffer): Segment => ({
  address: whole(row, segmentRow.address),
  offset: whole(row, segmentRow.offset),
  fileSize: whole(row, segmentRow.fileSize),
});

/** A 64-bit field as a number. Beyond 2^53 it loses digits, and is then outside of every file anyway. */
export const whole = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

/** The bytes up to the next NUL, as text; "" where there are none. */
export function stringAt(strings: Buffer | undefined, at: number): string {
  if (strings === undefined || at >= strings.length) return "";
  const end = strings.indexOf(0, at);
  return strings.toString("utf8", at, end < 0 ? strings.length : end);
}
