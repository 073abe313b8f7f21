// A loaded module in, its pointers to imported functions out: the GOT slots of .rela.plt and .rela.dyn, read from the mapped image
// (Module.enumerateImports came back empty for extension modules). Next: extensions.ts, gil-slots.ts.

export interface Slot {
  readonly symbol: string;
  readonly address: NativePointer;
  /** On a page that the dynamic linker made read-only (PT_GNU_RELRO). */
  readonly readOnly: boolean;
}

/** R_*_GLOB_DAT and R_*_JUMP_SLOT of the machine's ELF psABI. Data pointers (R_*_64) are left alone: CPython compares some by identity. */
const slotTypes: Readonly<Record<string, readonly number[]>> = { x64: [6, 7], arm64: [1025, 1026] };
const PT_LOAD = 1;
const PF_W = 2;
const PT_DYNAMIC = 2;
const PT_GNU_RELRO = 0x6474e552;
const tag = {
  PLTRELSZ: 2,
  STRTAB: 5,
  SYMTAB: 6,
  RELA: 7,
  RELASZ: 8,
  STRSZ: 10,
  JMPREL: 23,
  RELACOUNT: 0x6ffffff9,
} as const;
const relaSize = 24;
const symbolSize = 24;

interface Image {
  readonly bias: NativePointer;
  readonly dynamic: ReadonlyMap<number, number>;
  readonly relro: readonly [NativePointer, NativePointer] | undefined;
}

export function slotsOf(module: Module, wanted: (symbol: string) => boolean): readonly Slot[] {
  const image = readImage(module.base);
  if (image === undefined) return [];
  const table = (start: number, size: number, skip: number) => relocations(image, start, size, skip, wanted);
  const get = (name: number) => image.dynamic.get(name) ?? 0;
  return [
    ...table(get(tag.JMPREL), get(tag.PLTRELSZ), 0),
    ...table(get(tag.RELA), get(tag.RELASZ), get(tag.RELACOUNT)),
  ];
}

/** What the dynamic linker made read-only once it had relocated it. */
export const readOnlyPages = (module: Module): readonly [NativePointer, NativePointer] =>
  readImage(module.base)?.relro ?? [NULL, NULL];

/** Its data and its zeroed memory: from and to of each. */
export function writableData({ base }: Module): readonly (readonly [NativePointer, NativePointer])[] {
  const image = readImage(base);
  if (image === undefined) return [];
  const written = programHeaders(base).filter(({ type, flags }) => type === PT_LOAD && (flags & PF_W) !== 0);
  return written.map(({ address, size }) => [image.bias.add(address), image.bias.add(address + size)]);
}

function readImage(base: NativePointer): Image | undefined {
  if (base.readU32() !== 0x464c457f) return undefined;
  const headers = programHeaders(base);
  const first = headers.find((header) => header.type === PT_LOAD);
  const dynamic = headers.find((header) => header.type === PT_DYNAMIC);
  if (first === undefined || dynamic === undefined) return undefined;
  const bias = base.sub(first.address - (first.address % 4096));
  const relro = headers.find((header) => header.type === PT_GNU_RELRO);
  return {
    bias,
    dynamic: readDynamic(bias.add(dynamic.address), dynamic.size),
    relro: relro && [bias.add(relro.address), bias.add(relro.address + relro.size)],
  };
}

function programHeaders(base: NativePointer) {
  const start = base.add(base.add(32).readU64());
  return Array.from({ length: base.add(56).readU16() }, (_, i) => {
    const at = start.add(i * 56);
    return {
      type: at.readU32(),
      flags: at.add(4).readU32(),
      address: at.add(16).readU64().toNumber(),
      size: at.add(40).readU64().toNumber(),
    };
  });
}

function readDynamic(at: NativePointer, size: number): ReadonlyMap<number, number> {
  const entries = Array.from({ length: Math.floor(size / 16) }, (_, i): [number, number] => {
    const entry = at.add(i * 16);
    return [entry.readU64().toNumber(), entry.add(8).readU64().toNumber()];
  });
  return new Map(entries);
}

function relocations(
  image: Image,
  start: number,
  size: number,
  skip: number,
  wanted: (symbol: string) => boolean,
): readonly Slot[] {
  const types = slotTypes[Process.arch] ?? [];
  const slots: Slot[] = [];
  const table = absolute(image, start);
  for (let at = skip * relaSize; at + relaSize <= size; at += relaSize) {
    if (!types.includes(table.add(at + 8).readU32())) continue;
    const symbol = symbolName(image, table.add(at + 12).readU32());
    if (!wanted(symbol)) continue;
    const address = image.bias.add(table.add(at).readU64());
    const [from, to] = image.relro ?? [NULL, NULL];
    slots.push({ symbol, address, readOnly: address.compare(from) >= 0 && address.compare(to) < 0 });
  }
  return slots;
}

/** glibc has relocated the addresses in the dynamic section; musl has not. */
const absolute = (image: Image, value: number): NativePointer =>
  ptr(value).compare(image.bias) >= 0 ? ptr(value) : image.bias.add(value);

function symbolName(image: Image, index: number): string {
  const symbol = absolute(image, image.dynamic.get(tag.SYMTAB) ?? 0).add(index * symbolSize);
  return (
    absolute(image, image.dynamic.get(tag.STRTAB) ?? 0)
      .add(symbol.readU32())
      .readUtf8String() ?? ""
  );
}

/** The dynamic symbol table names it, read from the mapped image: dlsym on a library that was loaded for another one's sake killed targets. */
export function namesSymbol(module: Module, symbol: string): boolean {
  const image = readImage(module.base);
  const size = image?.dynamic.get(tag.STRSZ) ?? 0;
  if (image === undefined || size === 0) return false;
  const bytes = Array.from(symbol, (letter) => letter.charCodeAt(0).toString(16).padStart(2, "0"));
  const texts = absolute(image, image.dynamic.get(tag.STRTAB) ?? 0);
  return Memory.scanSync(texts, size, ["00", ...bytes, "00"].join(" ")).length > 0;
}

/** Bytes of an exported function, as the dynamic symbol table says; 0 when it is not there. The string table follows the symbols in what GNU ld and lld write. */
export function sizeOfExport(module: Module, address: NativePointer): number {
  const image = readImage(module.base);
  if (image === undefined) return 0;
  const [symbols, end] = [tag.SYMTAB, tag.STRTAB].map((name) => absolute(image, image.dynamic.get(name) ?? 0));
  if (symbols === undefined || end === undefined) return 0;
  for (let at = symbols; at.compare(end) < 0; at = at.add(symbolSize))
    if (image.bias.add(at.add(8).readU64()).equals(address)) return at.add(16).readU64().toNumber();
  return 0;
}
