// Addresses of code objects that nothing keeps alive in, ids and names out; read through the core, which never faults. Used by samples.ts.
import type { Core } from "./core/core.ts";
import type { Layout } from "./layout/layout.ts";
import { codeHead, type Look, pointerAt, readCode } from "./names.ts";

type Code = ReturnType<typeof readCode>;

export interface PeekedCode {
  /** Undefined when it could not be read. The same text at another address, or another at the same, is told apart. */
  idOf(code: NativePointer): number | undefined;
  fresh(): readonly Code[];
}

export function peekedCode(core: Core, layout: Layout, firstId: number): PeekedCode {
  const known = new Map<string, number>();
  let waiting: Code[] = [];

  function learn(code: NativePointer): number {
    const key = identityOf(code, layout, core.read);
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const id = firstId + known.size;
    const row = readCode(id, code, layout, core.read);
    known.set(key, id);
    waiting.push(row);
    return id;
  }
  return {
    idOf(code) {
      try {
        return learn(code);
      } catch {
        return undefined; // gone while it was read
      }
    },
    fresh() {
      const codes = waiting;
      waiting = [];
      return codes;
    },
  };
}

/** What two code objects that follow each other at one address would not share. */
function identityOf(code: NativePointer, layout: Layout, read: Look): string {
  const head = codeHead(code, layout, read);
  const pointers = [layout.codeName, layout.codeFilename, layout.codeLineTable].map((at) => pointerAt(head, at));
  return [code, ...pointers, head.getInt32(layout.codeFirstLine, true)].join(" ");
}
