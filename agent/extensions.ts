// Loaded modules in; the GOT slots of each extension module that a plan wants are given to it, once. Pointers only, no code is changed. Next: recording.ts.
import { namesSymbol, type Slot, slotsOf } from "./elf-slots.ts";

/** What is wanted of every extension: native-memory.ts, api-calls.ts. */
export interface SlotPlan {
  wants(symbol: string): boolean;
  patch(slot: Slot, module: Module): void;
}

/** Answers, for the modules there are now, how many extensions have been patched in all. */
export function extensionPatcher(
  plans: readonly SlotPlan[],
  onExtension: (module: Module) => void,
): (modules: readonly Module[]) => number {
  const seen = new Set<string>();
  let patched = 0;
  return (modules) => {
    for (const module of modules.filter((m) => !seen.has(m.base.toString()))) {
      seen.add(module.base.toString());
      if (!isExtension(module)) continue;
      onExtension(module);
      if (patchModule(module, plans)) patched++;
    }
    return patched;
  };
}

/** It exports PyInit_…, or a wheel carries it for one that does (auditwheel puts those in NAME.libs). */
function isExtension(module: Module): boolean {
  if (/\.libs\//.test(module.path)) return true;
  const stem = module.name.split(".")[0] ?? "";
  return /^\w+$/.test(stem) && module.name.includes(".so") && namesSymbol(module, `PyInit_${stem}`);
}

function patchModule(module: Module, plans: readonly SlotPlan[]): boolean {
  const slots = slotsOf(module, (symbol) => plans.some((plan) => plan.wants(symbol)));
  for (const slot of slots) plans.find((plan) => plan.wants(slot.symbol))?.patch(slot, module);
  return slots.length > 0;
}
