// A site's ids in; frames with function, file and line out, the native caller first. Next: sites.ts.
import type { Frame } from "../../shared/documents.ts";
import type { Names } from "../store/names.ts";
import type { LineRange } from "./line-range.ts";
import { lineAt, lineRanges } from "./lines.ts";

export type ResolveFrames = (site: number) => readonly Frame[];

/** Line tables are decoded once a code object, the first time it is asked for. */
export function frameResolver(names: Names, minor: number | undefined): ResolveFrames {
  const ranges = new Map<number, readonly LineRange[]>();
  const rangesOf = (id: number): readonly LineRange[] => {
    const known = ranges.get(id);
    if (known) return known;
    const code = names.codes.get(id);
    const made = code && minor !== undefined ? lineRanges(minor, code.lineTable, code.firstLine) : [];
    ranges.set(id, made);
    return made;
  };
  return (id) => {
    const site = names.sites.get(id);
    if (!site) return [];
    const python = site.frames.map(({ code, instruction }) => {
      const { function: name, file } = names.codes.get(code) ?? { function: "?", file: "?" };
      return { function: name, file, line: lineAt(rangesOf(code), instruction) ?? null };
    });
    return site.native === 0n ? python : [nativeFrame(names, site.native), ...python];
  };
}

function nativeFrame(names: Names, address: bigint): Frame {
  const symbol = names.symbols.get(address);
  if (symbol)
    return { function: symbol.function ?? offsetText(BigInt(symbol.offset)), file: symbol.module, line: null };
  const module = names.modules.find(({ base, size }) => address >= base && address < base + BigInt(size));
  if (module) return { function: offsetText(address - module.base), file: module.path, line: null };
  return { function: `0x${address.toString(16)}`, file: "?", line: null };
}

const offsetText = (offset: bigint): string => `+0x${offset.toString(16)}`;
