// An interpreter in, the hooks that tell of the error indicator out. Almost everything that raises goes through _PyErr_SetObject; where a
// build does not export it, the exported function that ends in it leads there. Code is patched under the GIL only. Next: recording.ts.
import { noPatches, type Patches, patchCode, type Wanted } from "./code-patch.ts";
import type { Core } from "./core/core.ts";
import { firstErrorPatch } from "./core/structs.ts";
import { exported, type Interpreter } from "./interpreter.ts";

/** By the order of `error_wrappers` in native/errors.c. */
const setObject = firstErrorPatch;
const setNone = firstErrorPatch + 1;
const clears = ["_PyErr_Clear", "PyErr_Clear", "_PyErr_Restore"] as const;
const details = ["PyErr_Restore", "PyErr_SetRaisedException"] as const;

/** `functions` is empty when the one that raises could not be found or patched. */
export function patchErrors(interpreter: Interpreter, core: Core, withDetails: boolean): Patches {
  const funnel = funnelOf(interpreter);
  if (funnel === undefined) return noPatches;
  const none = raisesApart(interpreter, funnel);
  return patchCode(core, [
    { name: "_PyErr_SetObject", address: funnel, index: setObject },
    ...(none === undefined ? [] : [{ name: "_PyErr_SetNone", address: none, index: setNone }]),
    ...losersOf(interpreter, withDetails),
  ]);
}

/** From 3.13 on the exported one may be a shell around a body that all others jump to (_PyErr_SetObject.part.0 of GCC). */
function funnelOf(interpreter: Interpreter): NativePointer | undefined {
  const { module, versionHex } = interpreter;
  const own = exported(module, "_PyErr_SetObject") ?? undefined;
  if (versionHex < 0x030d0000 && own !== undefined) return own;
  const shell = exported(module, "PyErr_SetObject");
  const led = shell === null ? undefined : jumpsTo(shell, module);
  return led ?? own ?? module.findSymbolByName("_PyErr_SetObject") ?? undefined;
}

/** A build may have compiled what PyErr_SetNone does apart: the StopIteration of next() then comes from there. */
function raisesApart(interpreter: Interpreter, funnel: NativePointer): NativePointer | undefined {
  const shell = interpreter.versionHex < 0x030d0000 ? null : exported(interpreter.module, "PyErr_SetNone");
  const led = shell === null ? undefined : jumpsTo(shell, interpreter.module);
  return led === undefined || led.equals(funnel) ? undefined : led;
}

/** Up to 3.12 every clear ends in _PyErr_Restore; from then on it is each function for itself. */
function losersOf({ module }: Interpreter, withDetails: boolean): readonly Wanted[] {
  return [...clears, ...details].flatMap((name, i) => {
    const address = i < clears.length || withDetails ? exported(module, name) : null;
    return address === null ? [] : [{ name, address, index: setNone + 1 + i }];
  });
}

const mostInstructions = 40;
const longestShell = 160;

/** The first unconditional jump that leaves a short function, when it stays in its module's code. */
function jumpsTo(start: NativePointer, module: Module): NativePointer | undefined {
  let at = start;
  for (let i = 0; i < mostInstructions; i++) {
    const instruction = Instruction.parse(at);
    if (["jmp", "b"].includes(instruction.mnemonic) && /^#?0x[0-9a-f]+$/.test(instruction.opStr)) {
      const target = ptr(instruction.opStr.replace("#", ""));
      const leaves = target.compare(start) < 0 || target.compare(start.add(longestShell)) > 0;
      if (leaves) return isCode(target, module) ? target : undefined;
    }
    at = instruction.next;
  }
  return undefined;
}

const isCode = (target: NativePointer, module: Module): boolean =>
  target.compare(module.base) >= 0 &&
  target.compare(module.base.add(module.size)) < 0 &&
  (Process.findRangeByAddress(target)?.protection.includes("x") ?? false);
