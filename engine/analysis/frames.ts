// Code ids and addresses in; frames with function, file and line out, the native caller first. Next: sites.ts, long-holds.ts, errors.ts.
import type { Frame } from "../../shared/documents.ts";
import type { NativeFrame } from "../../shared/gil-document.ts";
import type { RawSite } from "../../shared/records.ts";
import type { Names } from "../store/names.ts";
import type { LineRange } from "./line-range.ts";
import { lineAt, lineRanges } from "./lines.ts";

export type ResolveFrames = (site: number) => readonly Frame[];
export type ResolvePython = (frames: RawSite["frames"]) => readonly Frame[];

/** Frames of a site: where its memory was taken, or its error raised. */
export function frameResolver(names: Names, minor: number | undefined): ResolveFrames {
  const resolve = pythonResolver(names, minor);
  return (id) => {
    const site = names.sites.get(id);
    if (!site) return [];
    const python = resolve(site.frames);
    return site.native === 0n ? python : [nativeCaller(names, site.native), ...python];
  };
}

/** Line tables are decoded once a code object, the first time it is asked for; sites share their frames. */
export function pythonResolver(names: Names, minor: number | undefined): ResolvePython {
  const ranges = new Map<number, readonly LineRange[]>();
  const rangesOf = (id: number): readonly LineRange[] => {
    const known = ranges.get(id);
    if (known) return known;
    const code = names.codes.get(id);
    const made = code && minor !== undefined ? lineRanges(minor, code.lineTable, code.firstLine) : [];
    ranges.set(id, made);
    return made;
  };
  const known = new Map<number, Map<number, Frame>>();
  const frameAt = (code: number, instruction: number): Frame => {
    const ofCode = known.get(code) ?? new Map<number, Frame>();
    const before = ofCode.get(instruction);
    if (before) return before;
    const { function: name, file } = names.codes.get(code) ?? { function: "?", file: "?" };
    const made = { function: name, file, line: lineAt(rangesOf(code), instruction) ?? null };
    known.set(code, ofCode.set(instruction, made));
    return made;
  };
  return (frames) => frames.map(({ code, instruction }) => frameAt(code, instruction));
}

/** Module and function of an address; the function is null where no symbol is known, the module "?" where nothing is. */
export function nativeFrame(names: Names, address: bigint): NativeFrame {
  const symbol = names.symbols.get(address);
  if (symbol) return { module: symbol.module, function: symbol.function ?? null };
  return { module: moduleAt(names, address)?.path ?? "?", function: null };
}

function nativeCaller(names: Names, address: bigint): Frame {
  const symbol = names.symbols.get(address);
  if (symbol)
    return { function: symbol.function ?? offsetText(BigInt(symbol.offset)), file: symbol.module, line: null };
  const module = moduleAt(names, address);
  if (module) return { function: offsetText(address - module.base), file: module.path, line: null };
  return { function: `0x${address.toString(16)}`, file: "?", line: null };
}

const moduleAt = (names: Names, address: bigint) =>
  names.modules.find(({ base, size }) => address >= base && address < base + BigInt(size));

const offsetText = (offset: bigint): string => `+0x${offset.toString(16)}`;
