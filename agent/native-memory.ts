// Slots of the malloc family in; they go through the core from then on. Next: extensions.ts finds the slots.
import type { Core } from "./core/core.ts";
import { libcFunctions } from "./core/structs.ts";
import type { SlotPlan } from "./extensions.ts";
import { global } from "./libc.ts";

type Name = keyof typeof libcFunctions;
const isName = (name: string | undefined): name is Name => name !== undefined && name in libcFunctions;

export function nativeMemory(core: Core): SlotPlan {
  const names = new Map<string, string>(
    Object.entries(libcFunctions)
      .filter(([, symbol]) => global(symbol) !== undefined)
      .map(([name, symbol]) => [symbol, name]),
  );
  return {
    wants: (symbol) => names.has(symbol),
    patch({ symbol, address, readOnly }) {
      const name = names.get(symbol);
      if (isName(name)) core.patchSlot(address, core.mallocWrapper(name), readOnly);
    },
  };
}
