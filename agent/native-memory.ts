// Loaded modules in; the malloc family of each extension module goes through the core from then on. Pointers only, no code is changed. Next: recording.ts.
import type { Core } from "./core/core.ts";
import { libcFunctions } from "./core/structs.ts";
import { slotsOf } from "./elf-slots.ts";
import { global } from "./libc.ts";

export interface NativeMemory {
  /** Patches the extensions that were loaded since; answers how many in all. */
  patchNew(modules: readonly Module[]): number;
}

type Name = keyof typeof libcFunctions;
const names: ReadonlyMap<string, string> = new Map(
  Object.entries(libcFunctions).map(([name, symbol]) => [symbol, name]),
);
const isName = (name: string | undefined): name is Name => name !== undefined && name in libcFunctions;

export function nativeMemory(core: Core): NativeMemory {
  const seen = new Set<string>();
  const wanted = new Set<string>(Object.values(libcFunctions).filter((symbol) => global(symbol) !== undefined));
  let patched = 0;
  return {
    patchNew(modules) {
      for (const module of modules.filter((m) => !seen.has(m.base.toString()))) {
        seen.add(module.base.toString());
        if (isExtension(module) && patchModule(core, module, wanted)) patched++;
      }
      return patched;
    },
  };
}

/** It exports PyInit_…, or a wheel carries it for one that does (auditwheel puts those in NAME.libs). */
function isExtension(module: Module): boolean {
  if (/\.libs\//.test(module.path)) return true;
  const stem = module.name.split(".")[0] ?? "";
  return module.name.includes(".so") && module.findExportByName(`PyInit_${stem}`) !== null;
}

function patchModule(core: Core, module: Module, wanted: ReadonlySet<string>): boolean {
  const slots = slotsOf(module, wanted);
  for (const slot of slots) {
    const name = names.get(slot.symbol);
    if (isName(name)) core.patchSlot(slot.address, core.mallocWrapper(name), slot.readOnly);
  }
  return slots.length > 0;
}
