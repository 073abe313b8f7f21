// A file and an offset in it in, the function that holds it out. Next: engine/session names the native callers of a recording with it.
import { statSync } from "node:fs";
import { readElf } from "./elf.ts";
import type { FunctionTable } from "./symbols.ts";

export interface NativeSymbol {
  readonly function: string;
  /** Bytes from the function's first instruction. */
  readonly offset: number;
}
interface Entry {
  readonly version: string;
  readonly lowestAddress: number;
  readonly functions: FunctionTable | undefined;
}

const filesKept = 32;

/** Keeps the tables of the files it was asked about last. */
export class Symbolizer {
  readonly #entries = new Map<string, Entry>();

  /** `offset`: the address minus the module's base. Undefined when no symbol covers it: a stripped file, or padding. */
  symbolAt(path: string, offset: number): NativeSymbol | undefined {
    const entry = this.#entry(path);
    if (entry?.functions === undefined) return undefined;
    return nearest(entry.functions, offset + entry.lowestAddress);
  }

  #entry(path: string): Entry | undefined {
    const version = versionOf(path);
    if (version === undefined) return undefined;
    const known = this.#entries.get(path);
    const entry = known?.version === version ? known : load(path, version);
    // Deleted and set again: the order of a Map is then the order of use.
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > filesKept && oldest !== undefined) this.#entries.delete(oldest);
    return entry;
  }
}

function versionOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && `${stats.ino}:${stats.mtimeMs}:${stats.size}`;
}

function load(path: string, version: string): Entry {
  const elf = readElf(path);
  if (!elf.ok) return { version, lowestAddress: 0, functions: undefined };
  const entry = { version, lowestAddress: elf.value.lowestAddress, functions: elf.value.functions() };
  elf.value.close();
  return entry;
}

/** The last function that begins at or before `address`, when it reaches that far. Size 0 (hand-written assembly) reaches to the next one. */
function nearest(functions: FunctionTable, address: number): NativeSymbol | undefined {
  let [low, high] = [0, functions.address.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((functions.address[middle] ?? 0) <= address) low = middle + 1;
    else high = middle;
  }
  const [start, size] = [functions.address[low - 1], functions.size[low - 1]];
  if (start === undefined || size === undefined || (size > 0 && address >= start + size)) return undefined;
  return { function: functions.name(low - 1), offset: address - start };
}
