// Addresses within an extension in; their functions and source lines, with what was inlined, out. Used by audit.ts.
import type { AuditFinding } from "../../shared/audit-document.ts";
import type { Recorded } from "./recorded.ts";

type Chain = AuditFinding["native"];
export interface NativePlaces {
  /** The innermost first. Of a place without a line, that of the function. */
  chainOf(address: bigint, start: bigint): Chain;
  moduleOf(address: bigint): string | undefined;
  /** The innermost line that is not of CPython's own headers. */
  lineOf(chain: Chain): { readonly file: string | null; readonly line: number | null };
}

/** A header of CPython's own. */
export const isOfCPython = (file: string): boolean => /\/include\/python3\.[^/]*\//.test(file);

export function nativePlaces(reader: Pick<Recorded, "names" | "sourceLines">): NativePlaces {
  const { names } = reader;
  const lines = reader.sourceLines();
  const symbolOf = (address: bigint): string | undefined => {
    const symbol = names.symbols.get(address);
    return symbol && (symbol.function ?? `+0x${symbol.offset.toString(16)}`);
  };
  const at = (address: bigint): Chain => {
    const name = symbolOf(address);
    const chain = (lines.get(address) ?? []).map((row) => ({ ...row, function: row.function ?? name ?? "?" }));
    return chain.length > 0 || name === undefined ? chain : [{ function: name, file: null, line: null }];
  };
  return {
    chainOf(address, start) {
      const chain = address === 0n ? [] : at(address);
      return chain.some(({ line }) => line !== null) || start === 0n ? chain : [...chain, ...at(start)];
    },
    moduleOf: (address) =>
      names.symbols.get(address)?.module ??
      names.modules.find(({ base, size }) => address >= base && address < base + BigInt(size))?.path,
    lineOf(chain) {
      const known = chain.filter(({ line }) => line !== null);
      const { file = null, line = null } = known.find((row) => !isOfCPython(row.file ?? "")) ?? known[0] ?? {};
      return { file, line };
    },
  };
}
