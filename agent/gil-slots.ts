// An interpreter in, its GIL and the pointers through which it calls the C library for it out; patched, they tell of every hold. Next: recording.ts.
import type { Core } from "./core/core.ts";
import { type Slot, slotsOf } from "./elf-slots.ts";
import { type Interpreter, interpreters, required } from "./interpreter.ts";
import type { Layout } from "./layout/layout.ts";

/** In the order of `gil_wrappers` in native/gil.c. */
export const gilFunctions = ["pthread_mutex_lock", "pthread_cond_signal", "pthread_cond_timedwait"] as const;
const isGilFunction = (symbol: string): symbol is (typeof gilFunctions)[number] =>
  gilFunctions.some((name) => name === symbol);

/** Address of struct _gil_runtime_state of an interpreter; its own from 3.12 on (PEP 684), or the main one's. */
export function gilOfInterpreter(interpreter: Interpreter, layout: Layout, state: NativePointer): NativePointer {
  if (layout.interpreterGil !== undefined) return state.add(layout.interpreterGil).readPointer();
  return interpreter.runtime.add(layout.runtimeGil ?? 0);
}

export function mainGil(interpreter: Interpreter, layout: Layout): NativePointer {
  const main = new NativeFunction(required(interpreter, "PyInterpreterState_Main"), "pointer", [])();
  return gilOfInterpreter(interpreter, layout, main);
}

const longestInterval = 3600e6;

/** Under the GIL: what must be true of the lock that this thread holds. */
export function gilContradiction(interpreter: Interpreter, layout: Layout): string | undefined {
  const gil = mainGil(interpreter, layout);
  const thread = new NativeFunction(required(interpreter, "PyThreadState_Get"), "pointer", [])();
  const interval = gil.add(layout.gilInterval).readU64().toNumber();
  const held = gil.add(layout.gilLocked).readS32() === 1;
  const ours = gil.add(layout.gilLastHolder).readPointer().equals(thread);
  if (held && ours && interval >= 1 && interval <= longestInterval) return undefined;
  return "the GIL is not where this version should have it";
}

/** Undefined when CPython does not call all three through pointers: a build that the C library is linked into. */
export function gilSlots(interpreter: Interpreter): readonly Slot[] | undefined {
  const slots = slotsOf(interpreter.module, isGilFunction);
  return gilFunctions.every((name) => slots.some((slot) => slot.symbol === name)) ? slots : undefined;
}

export function patchGilSlots(core: Core, slots: readonly Slot[]): void {
  for (const { symbol, address, readOnly } of slots)
    if (isGilFunction(symbol)) core.patchSlot(address, core.gil.wrapper(gilFunctions.indexOf(symbol)), readOnly);
}

/** Interpreters with a GIL of their own, which is not followed. */
export function otherGils(interpreter: Interpreter, layout: Layout): number {
  const main = mainGil(interpreter, layout);
  const gils = interpreters(interpreter).map((state) => gilOfInterpreter(interpreter, layout, state));
  return gils.filter((gil) => !gil.equals(main)).length;
}
