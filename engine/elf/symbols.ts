// A symbol table's bytes and its strings in, the symbols that are defined out. Next: elf.ts.
import type { BinaryFile } from "./binary-file.ts";
import { type Section, stringAt, whole } from "./tables.ts";

export interface ElfSymbol {
  readonly name: string;
  readonly address: number;
  readonly size: number;
}
/** A name of .dynsym: defined here, or wanted from elsewhere. */
export interface DynamicName {
  readonly name: string;
  readonly defined: boolean;
  /** May stay undefined: the dynamic linker then writes 0. */
  readonly weak: boolean;
}
/** Functions in the order of their addresses; struct of arrays, for tables of 100,000 rows. */
export interface FunctionTable {
  readonly address: Float64Array;
  readonly size: Float64Array;
  name(row: number): string;
}
interface Table {
  readonly rows: Buffer;
  readonly strings: Buffer;
}

const row = { name: 0, info: 4, section: 6, address: 8, size: 16, length: 24 } as const;
const functionTypes: ReadonlySet<number> = new Set([2, 10]); // STT_FUNC, STT_GNU_IFUNC
const globalBinding = 1;
const weakBinding = 2;

export function loadTable(file: BinaryFile, sections: readonly Section[], type: number): Table | undefined {
  const section = sections.find((one) => one.type === type);
  const names = section && sections[section.link];
  if (section === undefined || names === undefined) return undefined;
  const rows = file.read(section.offset, section.size);
  const strings = file.read(names.offset, names.size);
  return rows && strings && { rows, strings };
}

/** Those of `names` that the table defines. The strings are searched, so a table of 100,000 rows costs a millisecond. */
export function findSymbols(table: Table, names: readonly string[]): ReadonlyMap<string, ElfSymbol> {
  const wanted = new Map<number, string>();
  for (const name of names) for (const at of offsetsOf(table.strings, name)) wanted.set(at, name);
  const found = new Map<string, ElfSymbol>();
  if (wanted.size === 0) return found;
  for (let at = 0; at + row.length <= table.rows.length; at += row.length) {
    const name = wanted.get(table.rows.readUInt32LE(at + row.name));
    if (name === undefined || table.rows.readUInt16LE(at + row.section) === 0) continue;
    found.set(name, { name, address: whole(table.rows, at + row.address), size: whole(table.rows, at + row.size) });
  }
  return found;
}

export function dynamicNames(table: Table): readonly DynamicName[] {
  const names: DynamicName[] = [];
  for (let at = 0; at + row.length <= table.rows.length; at += row.length) {
    const binding = table.rows.readUInt8(at + row.info) >> 4;
    if (binding !== globalBinding && binding !== weakBinding) continue;
    const name = stringAt(table.strings, table.rows.readUInt32LE(at + row.name));
    const defined = table.rows.readUInt16LE(at + row.section) !== 0;
    if (name !== "") names.push({ name, defined, weak: binding === weakBinding });
  }
  return names;
}

/** A linker may store a name as the tail of a longer one, so every place counts. */
function offsetsOf(strings: Buffer, name: string): readonly number[] {
  const bytes = Buffer.from(`${name}\0`, "latin1");
  const offsets: number[] = [];
  for (let at = strings.indexOf(bytes); at >= 0; at = strings.indexOf(bytes, at + 1)) offsets.push(at);
  return offsets;
}

export function functionTable(table: Table): FunctionTable {
  const starts: number[] = [];
  for (let at = 0; at + row.length <= table.rows.length; at += row.length)
    if (isFunction(table.rows, at)) starts.push(at);
  const address = (at: number) => whole(table.rows, at + row.address);
  const local = (at: number) => (table.rows.readUInt8(at + row.info) >> 4 === globalBinding ? 0 : 1);
  // Of several names for one address the global one comes last, where the search ends up.
  starts.sort((a, b) => address(a) - address(b) || local(b) - local(a));
  return {
    address: Float64Array.from(starts, address),
    size: Float64Array.from(starts, (at) => whole(table.rows, at + row.size)),
    name: (index) => {
      const at = starts[index];
      return at === undefined ? "" : stringAt(table.strings, table.rows.readUInt32LE(at + row.name));
    },
  };
}

function isFunction(rows: Buffer, at: number): boolean {
  return functionTypes.has(rows.readUInt8(at + row.info) & 15) && rows.readUInt16LE(at + row.section) !== 0;
}
