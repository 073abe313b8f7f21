// This process in, the CPython it runs out: version, build, layout. Changes nothing. Next: main.ts answers `inspect` with it.
import type { Inspection } from "../shared/agent-protocol.ts";
import { type Layout, layoutOf } from "./layout/layout.ts";

export interface Interpreter {
  readonly versionHex: number;
  readonly debug: boolean;
  readonly freeThreaded: boolean;
  readonly runtime: NativePointer;
  readonly module: Module;
  readonly staticBuild: boolean;
  /** Undefined for a version that is not known. */
  readonly layout: Layout | undefined;
}

export function findInterpreter(): Interpreter | undefined {
  const runtime = Module.findGlobalExportByName("_PyRuntime");
  const module = runtime && Process.findModuleByAddress(runtime);
  if (!module) return undefined;
  const text = versionString();
  const versionHex = versionOf(module, text);
  return {
    versionHex,
    debug: exported(module, "_Py_NegativeRefcount") !== null,
    freeThreaded: text.includes("free-threading"),
    runtime,
    module,
    staticBuild: module.base.equals(Process.mainModule.base),
    layout: layoutOf(versionHex, runtime),
  };
}

/** An export of this module; a fixed-address executable (Debian's python3) shows its exports only to the global search. */
export function exported(module: Module, name: string): NativePointer | null {
  const found = module.findExportByName(name) ?? Module.findGlobalExportByName(name);
  return found !== null && module.base.compare(found) <= 0 && module.base.add(module.size).compare(found) > 0
    ? found
    : null;
}

/** Address of a function that every supported CPython exports. */
export function required(interpreter: Interpreter, name: string): NativePointer {
  const found = exported(interpreter.module, name);
  if (found === null) throw new Error(`CPython exports no ${name}`);
  return found;
}

function versionString(): string {
  const get = Module.findGlobalExportByName("Py_GetVersion");
  // It formats constants into a static buffer; no thread state is needed (Python/getversion.c).
  return get ? (new NativeFunction(get, "pointer", [])().readUtf8String() ?? "") : "";
}

const releaseLevels: Readonly<Record<string, number>> = { a: 0xa, b: 0xb, rc: 0xc };

/** Py_Version is data from 3.11 on; before, the text says the same. */
function versionOf(module: Module, text: string): number {
  const constant = exported(module, "Py_Version");
  if (constant !== null) return constant.readU32();
  const [, major, minor, micro, level, serial] = /^(\d+)\.(\d+)\.(\d+)(?:(a|b|rc)(\d+))?/.exec(text) ?? [];
  const bytes = [major, minor, micro].map(Number);
  const hex = bytes.reduce((value, part) => value * 256 + part, 0) * 256;
  return (hex + (level ? (releaseLevels[level] ?? 0xf) * 16 + Number(serial) : 0xf0)) >>> 0;
}

/** Interpreters in the process, the main one included; as far as the list can be read, for a layout is checked only when something is to be armed. */
export function interpreters({ runtime, layout }: Interpreter): readonly NativePointer[] {
  const found: NativePointer[] = [];
  if (layout === undefined) return found;
  try {
    const first = runtime.add(layout.runtimeInterpreters).readPointer();
    for (let at = first; !at.isNull() && found.length < 1000; at = at.add(layout.interpreterNext).readPointer())
      found.push(at);
  } catch {
    // Another layout than the version says: arming refuses with that.
  }
  return found;
}

export const inspectionOf = (found: Interpreter, core: Inspection["core"], protocol: number): Inspection => ({
  protocol,
  versionHex: found.versionHex,
  debug: found.debug,
  freeThreaded: found.freeThreaded,
  runtimeModule: found.module.path,
  staticBuild: found.staticBuild,
  core,
  interpreters: interpreters(found).length,
  initialized: new NativeFunction(required(found, "Py_IsInitialized"), "int", [])() !== 0,
});
