// An address as text in, the object that is there out, or why it is none. Reads only, and nothing that could fault. Next: watch.ts.
import type { Core } from "./core/core.ts";
import type { Interpreter } from "./interpreter.ts";
import { type Layout, minorVersion } from "./layout/layout.ts";
import { pointerAt } from "./names.ts";
import { type Refusal, refuse } from "./refusal.ts";

export interface WatchableObject {
  /** Of its reference count. */
  readonly address: NativePointer;
  readonly size: number;
  /** tp_name */
  readonly type: string;
  readonly count: number;
}

/** tp_flags of object.h: PyType_Ready was called; its instances are types. */
const ready = 1 << 12;
const ofTypes = 0x80000000;
const longestName = 256;
/** More references than memory has words for are none. */
const mostReferences = 2 ** 40;
const immortalFrom = 0x030c0000;

export function objectAt(
  core: Core,
  layout: Layout,
  interpreter: Interpreter,
  text: string,
): WatchableObject | Refusal {
  const address = ptr(text);
  const none = (why: string): Refusal => refuse("not-an-object", { address: text, why });
  if (!address.and(7).isNull()) return none("an object's address is a multiple of 8");
  const type = typeAt(core, layout, address);
  if (typeof type === "string") return none(type);
  const split = interpreter.versionHex >= immortalFrom;
  const words = viewOf(core, countOf(address, layout), 8);
  const count = words === undefined ? 0 : split ? words.getUint32(0, true) : Number(words.getBigInt64(0, true));
  const version = minorVersion(interpreter.versionHex);
  if (split && (count | 0) < 0) return refuse("immortal-object", { address: text, type: type.name, version });
  if (count <= 0 || count > mostReferences) return none(`its reference count would be ${count}`);
  return { address: countOf(address, layout), size: split ? 4 : 8, type: type.name, count };
}

/** ob_refcnt stands right before ob_type (Include/object.h). */
const countOf = (object: NativePointer, layout: Layout): NativePointer => object.add(layout.objectType - 8);

function viewOf(core: Core, address: NativePointer, bytes: number): DataView | undefined {
  const found = core.read(address, bytes);
  return found.byteLength < bytes ? undefined : new DataView(found);
}

/** Its type has a type whose instances are types. */
function typeAt(core: Core, layout: Layout, object: NativePointer): { readonly name: string } | string {
  const head = viewOf(core, object, layout.objectType + 8);
  if (head === undefined) return "that memory cannot be read";
  const type = viewOf(core, pointerAt(head, layout.objectType), layout.typeFlags + 8);
  if (type === undefined) return "what should be its type cannot be read";
  const meta = viewOf(core, pointerAt(type, layout.objectType), layout.typeFlags + 8);
  const isType = meta !== undefined && (meta.getUint32(layout.typeFlags, true) & ofTypes) !== 0;
  if (!isType || (type.getUint32(layout.typeFlags, true) & ready) === 0) return "what should be its type is none";
  return { name: nameAt(core, pointerAt(type, layout.typeName)) };
}

function nameAt(core: Core, address: NativePointer): string {
  const bytes = new Uint8Array(core.read(address, longestName));
  const end = bytes.indexOf(0);
  const name = String.fromCharCode(...bytes.subarray(0, end < 0 ? bytes.length : end));
  return /^[\x20-\x7e]+$/.test(name) ? name : "?";
}
