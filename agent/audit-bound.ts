// An imported module in; the callables in it that share one C function get an entry each, and the names that the module and its types bind
// them to come out, by the address of their slot. Calls the C API, runs no Python code. Under the GIL. Used by audit.ts.
import { bindingOffsets, boundOffsets } from "./core/audit.ts";
import type { Core } from "./core/core.ts";
import { type Interpreter, required } from "./interpreter.ts";

const mostNames = 2048;
/** By the order of `wrapper_types`. */
const wrappers = ["PyStaticMethod_Type", "PyClassMethod_Type", "PyInstanceMethod_Type"] as const;
const typeName = 24;

export type BoundNames = ReadonlyMap<string, string>;

export function bindCallables(interpreter: Interpreter, core: Core, module: NativePointer): BoundNames {
  const out = Memory.alloc(mostNames * boundOffsets.size);
  const binding = Memory.alloc(bindingOffsets.size);
  const put = (at: number, value: NativePointer) => void binding.add(at).writePointer(value);
  put(bindingOffsets.next, required(interpreter, "PyDict_Next"));
  put(bindingOffsets.property_type, required(interpreter, "PyProperty_Type"));
  wrappers.forEach((name, i) => void put(bindingOffsets.wrapper_types + 8 * i, required(interpreter, name)));
  put(bindingOffsets.out, out);
  put(bindingOffsets.most, ptr(mostNames));
  const text = textOf(interpreter);
  const rows = Array.from({ length: core.audit.bind(binding, module) }, (_, i) => out.add(i * boundOffsets.size));
  return new Map(
    rows.flatMap((row): [string, string][] => {
      const key = text(row.add(boundOffsets.key).readPointer());
      return key === undefined ? [] : [[row.readPointer().toString(), ownerOf(row) + key]];
    }),
  );
}

/** `Box.` of the tp_name `package.Box`; nothing for what the module itself binds. */
function ownerOf(row: NativePointer): string {
  const type = row.add(boundOffsets.owner).readPointer();
  const name = type.isNull() ? undefined : type.add(typeName).readPointer().readUtf8String()?.split(".").at(-1);
  return name === undefined ? "" : `${name}.`;
}

/** Of a str; a name that is no UTF-8 is none. */
function textOf(interpreter: Interpreter): (object: NativePointer) => string | undefined {
  const utf8 = new NativeFunction(required(interpreter, "PyUnicode_AsUTF8"), "pointer", ["pointer"]);
  const clear = new NativeFunction(required(interpreter, "PyErr_Clear"), "void", []);
  return (object) => {
    const text = utf8(object);
    if (!text.isNull()) return text.readUtf8String() ?? undefined;
    void clear();
    return undefined;
  };
}
