// An interpreter in, the names that Python gave its threads out: threading._active, read through the C API under the GIL. No Python code
// runs: an attribute that a class computes is not asked for. Used by threads.ts.
import { type Interpreter, required } from "./interpreter.ts";
import type { Layout } from "./layout/layout.ts";
import { readText } from "./names.ts";

/** Kernel's thread id → threading.Thread.name. */
export type ThreadNames = ReadonlyMap<number, string>;

const keys = ["threading", "_active", "_name", "_native_id"] as const;

/** `read`, under the GIL, what `before` was at arming. */
export interface PythonNames {
  readonly before: ThreadNames;
  read(): ThreadNames;
}

/** Under the GIL. */
export function pythonThreadNames(interpreter: Interpreter, layout: Layout): PythonNames {
  const intern = new NativeFunction(required(interpreter, "PyUnicode_InternFromString"), "pointer", ["pointer"]);
  const api = apiOf(interpreter, layout);
  let interned: readonly NativePointer[] | undefined;
  const scratch = Memory.alloc(24);

  function read(): ThreadNames {
    const names = new Map<number, string>();
    interned ??= keys.map((key) => intern(Memory.allocUtf8String(key)));
    const [threading = NULL, active = NULL, name = NULL, nativeId = NULL] = interned;
    const module = api.item(api.modules(), threading);
    const threads = api.isExactly(module, "PyModule_Type") ? api.item(api.moduleDict(module), active) : NULL;
    if (!api.isExactly(threads, "PyDict_Type")) return names;
    scratch.writeU64(0);
    while (api.next(threads, scratch, NULL, scratch.add(8)) !== 0) {
      const thread = scratch.add(8).readPointer();
      const id = api.attribute(thread, nativeId, "PyLong_Type", api.number);
      const text = api.attribute(thread, name, "PyUnicode_Type", (object) => readText(object, layout));
      if (id !== undefined && text !== undefined) names.set(id, text);
    }
    return names;
  }
  return { before: read(), read };
}

function apiOf(interpreter: Interpreter, layout: Layout) {
  const two = (name: string) => new NativeFunction(required(interpreter, name), "pointer", ["pointer", "pointer"]);
  const attributeOf = two("PyObject_GenericGetAttr");
  const ofType = two("_PyType_Lookup");
  const toLong = new NativeFunction(required(interpreter, "PyLong_AsLong"), "long", ["pointer"]);
  const release = new NativeFunction(required(interpreter, "Py_DecRef"), "void", ["pointer"]);
  const clear = new NativeFunction(required(interpreter, "PyErr_Clear"), "void", []);
  const typeOf = (object: NativePointer) => object.add(layout.objectType).readPointer();
  const isExactly = (object: NativePointer, type: string) =>
    !object.isNull() && typeOf(object).equals(required(interpreter, type));
  return {
    modules: new NativeFunction(required(interpreter, "PyImport_GetModuleDict"), "pointer", []),
    moduleDict: new NativeFunction(required(interpreter, "PyModule_GetDict"), "pointer", ["pointer"]),
    item: two("PyDict_GetItemWithError"),
    next: new NativeFunction(required(interpreter, "PyDict_Next"), "int", ["pointer", "pointer", "pointer", "pointer"]),
    number: (object: NativePointer) => Number(toLong(object)),
    isExactly,
    /** What `read` makes of an attribute of the instance itself, when it is exactly of this type. */
    attribute<T>(object: NativePointer, key: NativePointer, type: string, read: (value: NativePointer) => T) {
      if (!ofType(typeOf(object), key).isNull()) return undefined;
      const value = attributeOf(object, key);
      if (value.isNull()) {
        clear();
        return undefined;
      }
      const result = isExactly(value, type) ? read(value) : undefined;
      release(value);
      return result;
    },
  };
}
