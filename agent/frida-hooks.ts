// The C library as Frida left it in, the places it patched for itself out, noted in the core with what the file says should stand there:
// a forked child, which has no Frida threads, gets them back at once. Next: recording.ts.
import type { Core } from "./core/core.ts";
import { codePatchBytes, codePatches, ownPatches } from "./core/structs.ts";
import { global } from "./libc.ts";

/** Seen changed after an attach with an empty script (Frida 17): its module observer; its exit monitor and its exceptor where they are not switched off. */
const candidates = ["_dl_debug_state", "_exit", "exit", "abort", "sigaction", "signal"] as const;
/** A jump fits into this; from here on the code must be what the file says, else the file is not the one that was loaded. */
const longestJump = 20;
const compared = 64;

export function noteFridaHooks(core: Core): void {
  const hooked = candidates.flatMap((name) => {
    const address = global(name) ?? Module.findGlobalExportByName(name);
    return address === null || address === undefined ? [] : changed(address);
  });
  hooked.slice(0, codePatches - ownPatches).forEach(({ address, before, after }, i) => {
    core.noteCodePatch(ownPatches + i, address, NULL, before, after);
  });
}

interface Changed {
  readonly address: NativePointer;
  readonly before: ArrayBuffer;
  readonly after: ArrayBuffer;
}

function changed(address: NativePointer): readonly Changed[] {
  const onDisk = fileBytes(address);
  const now = address.readByteArray(compared);
  if (onDisk === undefined || now === null) return [];
  const differs = (at: number) => new Uint8Array(now)[at] !== new Uint8Array(onDisk)[at];
  const positions = Array.from({ length: compared }, (_, at) => at).filter(differs);
  if (positions.length === 0 || positions.some((at) => at >= longestJump)) return [];
  return [{ address, before: onDisk.slice(0, codePatchBytes), after: now.slice(0, codePatchBytes) }];
}

function fileBytes(address: NativePointer): ArrayBuffer | undefined {
  const range = Process.findRangeByAddress(address);
  if (range?.file === undefined) return undefined;
  try {
    const file = new File(range.file.path, "rb");
    file.seek(range.file.offset + address.sub(range.base).toUInt32());
    const bytes = file.readBytes(compared);
    file.close();
    return bytes.byteLength === compared ? bytes : undefined;
  } catch {
    return undefined; // deleted, or not to be seen from in here
  }
}
