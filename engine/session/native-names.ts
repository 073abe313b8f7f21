// Native return addresses of a recording in, the functions that hold them out, some at a time, while the target's files can be
// seen. Next: engine/recorder keeps the names.
import { existsSync, readFileSync } from "node:fs";
import type { RawModule } from "../../shared/records.ts";
import type { Pid } from "../../shared/units.ts";
import { Symbolizer } from "../elf/symbolizer.ts";
import { procPath, throughDevice } from "../preflight/proc.ts";
import type { Recorder } from "../recorder/recorder.ts";

/** A symbol table takes milliseconds to read: batches must not wait long behind names. */
const mostAtOnce = 200;

export class NativeNames {
  readonly #pid: Pid;
  readonly #symbolizer = new Symbolizer();
  readonly #tried = new Set<bigint>();
  #modules: readonly RawModule[] = [];

  constructor(pid: Pid) {
    this.#pid = pid;
  }

  /** Addresses that lay in no known module may lie in a new one. */
  learn(modules: readonly RawModule[]): void {
    if (modules.length === 0) return;
    this.#modules = [...this.#modules, ...modules];
    this.#tried.clear();
  }

  resolve(recorder: Recorder): void {
    const addresses = recorder.unresolvedNative().filter((address) => !this.#tried.has(address));
    for (const address of addresses.slice(0, mostAtOnce)) {
      this.#tried.add(address);
      this.#name(recorder, address);
    }
  }

  #name(recorder: Recorder, address: bigint): void {
    const module = this.#modules.findLast(({ base, size }) => address >= base && address < base + BigInt(size));
    if (!module) return;
    const offset = Number(address - module.base);
    // A return address may be the first byte of the next function: the call is one byte before.
    const symbol = this.#symbolizer.symbolAt(visiblePath(this.#pid, module.path, address), offset - 1);
    recorder.nameNative(address, {
      module: module.path,
      function: symbol?.function,
      offset: symbol ? symbol.offset + 1 : offset,
    });
  }
}

/** The file as the target sees it, which may be in a container, or deleted since. */
export function visiblePath(pid: Pid, path: string, address: bigint): string {
  const inRoot = procPath(pid, `root${path}`);
  // A file of that name on this machine is another file.
  return existsSync(inRoot) ? inRoot : (mappedFile(pid, address) ?? (throughDevice() ? inRoot : path));
}

function mappedFile(pid: Pid, address: bigint): string | undefined {
  try {
    const ranges = readFileSync(procPath(pid, "maps"), "latin1").matchAll(/^([0-9a-f]+)-([0-9a-f]+) /gm);
    for (const [, from, to] of ranges) {
      if (address >= BigInt(`0x${from}`) && address < BigInt(`0x${to}`))
        return procPath(pid, `map_files/${from}-${to}`);
    }
  } catch {
    // It ended: its memory map went with it.
  }
  return undefined;
}
