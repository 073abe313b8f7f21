// Addresses of code objects and types in, their names out, read without calling anything: the strong references of the core keep them. Next: drain.ts sends them once.
import type { AgentMessage } from "../shared/agent-protocol.ts";
import type { Layout } from "./layout/layout.ts";

type Batch = Extract<AgentMessage, { kind: "batch" }>;
type Code = Batch["codes"][number];
type Type = Batch["types"][number];

const longestName = 4000;
const longestTable = 1 << 20;
const unknown = "?";

/** Bytes from an address on; fewer, or none, where there are no more. */
export type Look = (at: NativePointer, bytes: number) => ArrayBuffer;

/** Of memory that something keeps alive. */
export const look: Look = (at, bytes) => at.readByteArray(bytes) ?? new ArrayBuffer(0);

export function readCode(id: number, code: NativePointer, layout: Layout, read: Look = look): Code {
  const head = codeHead(code, layout, read);
  const text = (offset: number) => guarded(() => readText(pointerAt(head, offset), layout, read));
  return {
    id,
    function: text(layout.codeQualname ?? layout.codeName),
    file: text(layout.codeFilename),
    firstLine: Math.max(0, head.getInt32(layout.codeFirstLine, true)),
    lineTable: hexOf(pointerAt(head, layout.codeLineTable), layout, read),
  };
}

/** The words of a code object up to the last one that tells its name. */
export function codeHead(code: NativePointer, layout: Layout, read: Look): DataView {
  const { codeName, codeQualname = 0, codeFilename, codeFirstLine, codeLineTable } = layout;
  const bytes = 8 + Math.max(codeName, codeQualname, codeFilename, codeFirstLine, codeLineTable);
  return view(read(code, bytes), bytes);
}

/** Throws where there is less: the caller says what is then unknown. */
function view(bytes: ArrayBuffer, length: number): DataView {
  if (bytes.byteLength < length) throw new Error("not mapped");
  return new DataView(bytes);
}

export const pointerAt = (words: DataView, at: number): NativePointer =>
  ptr(`0x${words.getBigUint64(at, true).toString(16)}`);

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
export function readText(string: NativePointer, layout: Layout, read: Look = look): string {
  const header = view(read(string, layout.unicodeAscii), layout.unicodeAscii);
  const state = header.getUint32(layout.unicodeState, true);
  const kind = (state >>> 2) & 7;
  const compact = ((state >>> 5) & 1) === 1;
  const ascii = ((state >>> 6) & 1) === 1;
  if (!compact || ![1, 2, 4].includes(kind)) return unknown;
  const length = Math.min(Number(header.getBigUint64(layout.unicodeLength, true)), longestName);
  if (length === 0) return "";
  const characters = string.add(ascii ? layout.unicodeAscii : layout.unicodeCompact);
  const bytes = new Uint8Array(view(read(characters, length * kind), length * kind).buffer);
  return Array.from({ length }, (_, i) => String.fromCodePoint(codePoint(bytes, i * kind, kind))).join("");
}

function codePoint(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let byte = width - 1; byte >= 0; byte--) value = value * 256 + (bytes[at + byte] ?? 0);
  return value > 0x10ffff ? 0xfffd : value;
}

function hexOf(object: NativePointer, layout: Layout, read: Look): string {
  const length = Number(view(read(object.add(layout.varSize), 8), 8).getBigUint64(0, true));
  if (length === 0 || length > longestTable) return "";
  const bytes = new Uint8Array(read(object.add(layout.bytesData), length));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
