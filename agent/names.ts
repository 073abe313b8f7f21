// Addresses of code objects and types in, their names out, read without calling anything: the strong references of the core keep them. Next: drain.ts sends them once.
import type { AgentMessage } from "../shared/agent-protocol.ts";
import type { Layout } from "./layout/layout.ts";

type Batch = Extract<AgentMessage, { kind: "batch" }>;
type Code = Batch["codes"][number];
type Type = Batch["types"][number];

const longestName = 4000;
const longestTable = 1 << 20;
const unknown = "?";

export function readCode(id: number, code: NativePointer, layout: Layout): Code {
  const text = (offset: number) => readText(code.add(offset).readPointer(), layout);
  return {
    id,
    function: guarded(() => text(layout.codeQualname ?? layout.codeName)),
    file: guarded(() => text(layout.codeFilename)),
    firstLine: Math.max(0, code.add(layout.codeFirstLine).readS32()),
    lineTable: hexOf(code.add(layout.codeLineTable).readPointer(), layout),
  };
}

export const readType = (id: number, type: NativePointer, layout: Layout): Type => ({
  id,
  name: guarded(() => type.add(layout.typeName).readPointer().readUtf8String()?.slice(0, longestName) ?? unknown),
});

/** `__name__` of a type may be assigned while this reads: GumJS turns the fault into an exception. */
function guarded(read: () => string): string {
  try {
    return read();
  } catch {
    return unknown;
  }
}

/** PyUnicodeObject of cpython/unicodeobject.h: kind and flags are bits of `state`; the characters follow the header of a compact string. */
function readText(string: NativePointer, layout: Layout): string {
  const state = string.add(layout.unicodeState).readU32();
  const kind = (state >>> 2) & 7;
  const compact = ((state >>> 5) & 1) === 1;
  const ascii = ((state >>> 6) & 1) === 1;
  if (!compact || ![1, 2, 4].includes(kind)) return unknown;
  const length = Math.min(string.add(layout.unicodeLength).readU64().toNumber(), longestName);
  const characters = string.add(ascii ? layout.unicodeAscii : layout.unicodeCompact);
  if (length === 0) return "";
  const bytes = new Uint8Array(characters.readByteArray(length * kind) ?? new ArrayBuffer(0));
  return Array.from({ length }, (_, i) => String.fromCodePoint(codePoint(bytes, i * kind, kind))).join("");
}

function codePoint(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let byte = width - 1; byte >= 0; byte--) value = value * 256 + (bytes[at + byte] ?? 0);
  return value > 0x10ffff ? 0xfffd : value;
}

function hexOf(object: NativePointer, layout: Layout): string {
  const length = object.add(layout.varSize).readU64().toNumber();
  if (length === 0 || length > longestTable) return "";
  const bytes = new Uint8Array(object.add(layout.bytesData).readByteArray(length) ?? new ArrayBuffer(0));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
