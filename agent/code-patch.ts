// A function of CPython in, its wrapper in the core put in its place; and back. Under the GIL only: the threads that run these functions
// hold it, so none is inside the bytes that change. Used by creation.ts and errors.ts.
import type { Core } from "./core/core.ts";
import { codePatchBytes } from "./core/structs.ts";

export interface Wanted {
  readonly name: string;
  readonly address: NativePointer;
  /** Of its patch in the core. */
  readonly index: number;
}

export interface Patches {
  readonly functions: readonly string[];
  revert(): void;
}

export const noPatches: Patches = { functions: [], revert() {} };

/** Those too small to be patched are left out. */
export function patchCode(core: Core, wanted: readonly Wanted[]): Patches {
  const patched = wanted.filter((one) => patchOne(core, one));
  Interceptor.flush();
  return {
    functions: patched.map(({ name }) => name),
    revert() {
      for (const { address, index } of patched) {
        Interceptor.revert(address);
        core.forgetCodePatch(index);
      }
      Interceptor.flush();
    },
  };
}

function patchOne(core: Core, { address, index }: Wanted): boolean {
  const before = bytesOf(address);
  try {
    const original = Interceptor.replaceFast(address, core.codeWrapper(index));
    core.noteCodePatch(index, address, original, before, before);
    Interceptor.flush();
    core.noteCodePatch(index, address, original, before, bytesOf(address));
    return true;
  } catch {
    return false;
  }
}

const bytesOf = (address: NativePointer): ArrayBuffer =>
  address.readByteArray(codePatchBytes) ?? new ArrayBuffer(codePatchBytes);
