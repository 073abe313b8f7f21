// Places of changes in, their frames and the function to blame out, each looked up once. Used by history.ts.
import type { HistoryEvent } from "../../shared/documents.ts";
import type { SourceLines } from "../store/audit-reader.ts";
import type { HistoryReader } from "../store/history-reader.ts";
import type { Names } from "../store/names.ts";
import { nativeFrame, pythonResolver, type ResolvePython } from "./frames.ts";
import { minorOf } from "./lines.ts";

export interface Owner {
  readonly module: string;
  readonly function: string;
  /** Of an extension's function, where it has debug information. */
  readonly file: string | null;
  readonly line: number | null;
}
type Frames = Pick<HistoryEvent, "python" | "native">;
export interface PlaceNames {
  frames(place: number): Frames;
  owner(place: number): Owner;
  isInterpreter(owner: Owner): boolean;
}

/** What stands for all functions of the interpreter together. */
export const interpreterItself = "(interpreter)";
/** The C library and what loads it call back, and change no count by themselves. */
const systemLibrary = /(?:^|\/)(?:libc|libm|libdl|libpthread|ld-linux[^/]*|linux-vdso)[.-][^/]*$/;

export interface Named {
  readonly names: Names;
  readonly lines: SourceLines;
  /** "3.11.7" */
  readonly python: string;
}

export function placeNames(named: Named, history: HistoryReader): PlaceNames {
  const { names } = named;
  const python = pythonResolver(names, minorOf(named.python));
  const frames = memoized((id) => framesOf(named, history, python, id));
  const interpreter = interpreterOf(names);
  const isExtension = ({ module }: Frames["native"][number]) =>
    module !== "?" && module !== interpreter && !systemLibrary.test(module);
  const owner = memoized((id): Owner => {
    const { native } = frames(id);
    const found = native.find(isExtension);
    if (!found) return { module: interpreter, function: interpreterItself, file: null, line: null };
    const address = history.places.get(id)?.native[native.indexOf(found)] ?? 0n;
    const { module, file, line } = found;
    return { module, function: found.function ?? offsetIn(names, address), file, line };
  });
  return { frames, owner, isInterpreter: (one) => one.function === interpreterItself };
}

function framesOf({ names, lines }: Named, history: HistoryReader, resolve: ResolvePython, id: number): Frames {
  const place = history.places.get(id);
  if (!place) return { python: null, native: [] };
  const python = place.code === 0 ? [] : resolve([place]);
  const native = place.native.map((address) => {
    // What was inlined there stands before the function itself.
    const { file = null, line = null } = lines.get(address)?.at(-1) ?? {};
    return { ...nativeFrame(names, address), file, line };
  });
  return { python: python[0] ?? null, native };
}

/** Whose evaluator it is that Python code runs in. */
function interpreterOf({ symbols, modules }: Names): string {
  for (const symbol of symbols.values())
    if (symbol.function?.startsWith("_PyEval_EvalFrameDefault")) return symbol.module;
  return modules.find(({ path }) => /(?:^|\/)(?:libpython3|python3?)[^/]*$/.test(path))?.path ?? "?";
}

/** A function without a name is told by where in its module it stands. */
function offsetIn(names: Names, address: bigint): string {
  const module = names.modules.find(({ base, size }) => address >= base && address < base + BigInt(size));
  return `+0x${(address - (module?.base ?? 0n)).toString(16)}`;
}

function memoized<T>(make: (id: number) => T): (id: number) => T {
  const known = new Map<number, T>();
  return (id) => {
    const value = known.get(id) ?? make(id);
    known.set(id, value);
    return value;
  };
}
