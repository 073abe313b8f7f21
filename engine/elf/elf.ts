// A path in, an opened ELF64 file with its sections, symbols, build id and soname out. Next: symbolizer.ts, engine/preflight/image.ts.
import { ok, type Result } from "../../shared/failures.ts";
import { type BinaryFile, openBinary } from "./binary-file.ts";
import { findBuildId } from "./build-id.ts";
import {
  type DynamicName,
  dynamicNames,
  type ElfSymbol,
  type FunctionTable,
  findSymbols,
  functionTable,
  loadTable,
} from "./symbols.ts";
import { readTables, type Section, sectionTypes, stringAt, type Tables, whole } from "./tables.ts";

const sonameTag = 14; // DT_SONAME
const pageSize = 4096;
const longestString = 4096;

/** Open until `close`. What a damaged file does not hold is undefined or empty. */
export class Elf {
  readonly file: BinaryFile;
  readonly machine: number;
  readonly sections: readonly Section[];
  readonly #tables: Tables;

  constructor(file: BinaryFile, tables: Tables) {
    this.file = file;
    this.#tables = tables;
    this.machine = tables.machine;
    this.sections = tables.sections;
  }

  /** Those of `names` that other files may bind to, from .dynsym, which every file keeps. */
  exported(names: readonly string[]): ReadonlyMap<string, ElfSymbol> {
    const table = loadTable(this.file, this.sections, sectionTypes.dynamicSymbols);
    return table ? findSymbols(table, names) : new Map<string, ElfSymbol>();
  }

  /** What it defines for others and wants from others; undefined without .dynsym. */
  dynamicNames(): readonly DynamicName[] | undefined {
    const table = loadTable(this.file, this.sections, sectionTypes.dynamicSymbols);
    return table && dynamicNames(table);
  }

  /** Functions of .symtab, which knows static ones too; else of .dynsym; undefined when stripped of both. */
  functions(): FunctionTable | undefined {
    const table =
      loadTable(this.file, this.sections, sectionTypes.symbols) ??
      loadTable(this.file, this.sections, sectionTypes.dynamicSymbols);
    return table && functionTable(table);
  }

  /** Bytes as they are loaded at `address`; undefined outside of what the file holds. */
  bytesAt(address: number, length: number): Buffer | undefined {
    const load = this.#tables.loads.find(
      (one) => address >= one.address && address + length <= one.address + one.fileSize,
    );
    return load && this.file.read(load.offset + address - load.address, length);
  }

  /** The NUL-terminated text at `address`. */
  textAt(address: number): string | undefined {
    const load = this.#tables.loads.find((one) => address >= one.address && address < one.address + one.fileSize);
    const length = load && Math.min(longestString, load.address + load.fileSize - address);
    const bytes = length === undefined ? undefined : this.bytesAt(address, length);
    return bytes?.includes(0) ? stringAt(bytes, 0) : undefined;
  }

  /** Where the first page of the file is loaded when nothing moves it: 0, except for programs of a fixed address. */
  get lowestAddress(): number {
    const lowest = this.#tables.loads.reduce((least, one) => Math.min(least, one.address), Number.POSITIVE_INFINITY);
    return Number.isFinite(lowest) ? lowest - (lowest % pageSize) : 0;
  }

  buildId(): string | undefined {
    for (const section of this.sections.filter((one) => one.type === sectionTypes.note)) {
      const id = findBuildId(this.file.read(section.offset, section.size));
      if (id !== undefined) return id;
    }
    return undefined;
  }

  soname(): string | undefined {
    const dynamic = this.sections.find((one) => one.type === sectionTypes.dynamic);
    const names = dynamic && this.sections[dynamic.link];
    const rows = dynamic && this.file.read(dynamic.offset, dynamic.size);
    for (let at = 0; rows && names && at + 16 <= rows.length; at += 16)
      if (whole(rows, at) === sonameTag) return stringAt(this.file.read(names.offset, names.size), whole(rows, at + 8));
    return undefined;
  }

  close(): void {
    this.file.close();
  }
}

/** @returns an open file on success; the caller closes it. */
export function readElf(path: string): Result<Elf> {
  const file = openBinary(path);
  if (!file.ok) return file;
  const tables = readTables(file.value);
  if (tables.ok) return ok(new Elf(file.value, tables.value));
  file.value.close();
  return tables;
}
