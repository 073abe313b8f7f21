// An interpreter in; its modules by name, and all objects that its garbage collector knows, handed to the core. Calls the C API, runs no Python
// code unless `gc` was never imported. Under the GIL. Used by audit.ts.
import type { AuditTarget } from "./core/audit.ts";
import type { Core } from "./core/core.ts";
import { exported, type Interpreter, required } from "./interpreter.ts";
import type { Layout } from "./layout/layout.ts";

/** PyModuleObject.md_def and PyModuleDef.m_methods (moduleobject.h, Objects/moduleobject.c). */
const offsets = { definition: 24, methods: 64, listItems: 24, listSize: 16 } as const;

export interface ImportedModule {
  /** The module object, which has names; undefined when something else stands in its place. */
  readonly namespace: NativePointer | undefined;
  /** Its PyMethodDef table; undefined when it has none. */
  readonly methods: NativePointer | undefined;
}

export function importedModule(interpreter: Interpreter, name: string): ImportedModule | undefined {
  const call = caller(interpreter);
  const text = call.pointer("PyUnicode_FromString", Memory.allocUtf8String(name));
  const module = text.isNull() ? NULL : call.pointer("PyImport_GetModule", text);
  call.forget(text);
  if (module.isNull()) {
    call.clear();
    return undefined;
  }
  const type = module.add(8).readPointer();
  const isModule = type.equals(required(interpreter, "PyModule_Type"));
  const definition = isModule ? module.add(offsets.definition).readPointer() : NULL;
  const methods = definition.isNull() ? NULL : definition.add(offsets.methods).readPointer();
  call.forget(module);
  return { namespace: isModule ? module : undefined, methods: methods.isNull() ? undefined : methods };
}

export interface Collector {
  patch(): void;
  unpatch(): void;
  /** Notes what is held by objects that the collector can look into. */
  holders(): void;
  /** One pass in search of cycles. */
  cycles(): void;
}

export function collectorOf(interpreter: Interpreter, core: Core): Collector {
  const all = (walk: Parameters<Core["audit"]["visitAll"]>[0]) => {
    core.audit.visitAll(walk);
    if (visitor(interpreter) === null) visitList(interpreter, core);
  };
  return {
    patch: () => all("patch"),
    unpatch: () => all("unpatch"),
    holders: () => all("holders"),
    cycles: () => all("cycles"),
  };
}

const visitor = (interpreter: Interpreter): NativePointer | null =>
  exported(interpreter.module, "PyUnstable_GC_VisitObjects");

/** gc.get_objects(), a C function. */
function visitList(interpreter: Interpreter, core: Core): void {
  const call = caller(interpreter);
  const gc = call.pointer("PyImport_ImportModule", Memory.allocUtf8String("gc"));
  const get = gc.isNull() ? NULL : call.pointer("PyObject_GetAttrString", gc, Memory.allocUtf8String("get_objects"));
  const list = get.isNull() ? NULL : call.pointer("PyObject_CallObject", get, NULL);
  if (list.isNull()) call.clear();
  else
    core.audit.visitItems(list.add(offsets.listItems).readPointer(), list.add(offsets.listSize).readU64().toNumber());
  for (const object of [list, get, gc]) call.forget(object);
}

function caller(interpreter: Interpreter) {
  const release = new NativeFunction(required(interpreter, "Py_DecRef"), "void", ["pointer"]);
  const clear = new NativeFunction(required(interpreter, "PyErr_Clear"), "void", []);
  return {
    pointer(name: string, first: NativePointer, second: NativePointer = NULL): NativePointer {
      return new NativeFunction(required(interpreter, name), "pointer", ["pointer", "pointer"])(first, second);
    },
    /** Py_DecRef takes NULL. */
    forget: (object: NativePointer) => void release(object),
    clear: () => void clear(),
  };
}

export function targetOf(
  { interpreter, layout }: { readonly interpreter: Interpreter; readonly layout: Layout },
  guard: boolean,
): AuditTarget {
  const type = (name: string) => required(interpreter, name);
  const immortal = interpreter.versionHex >= 0x030c0000;
  return {
    count_bytes: immortal ? 4 : 8,
    none: immortal ? 0 : type("_Py_NoneStruct"),
    tuple_type: type("PyTuple_Type"),
    list_type: type("PyList_Type"),
    tuple_items: layout.tupleItems,
    function_type: type("PyCFunction_Type"),
    method_type: type("PyMethodDescr_Type"),
    class_method_type: type("PyClassMethodDescr_Type"),
    getset_type: type("PyGetSetDescr_Type"),
    wrapper_type: type("PyWrapperDescr_Type"),
    module_type: type("PyModule_Type"),
    weakref_type: type("_PyWeakref_RefType"),
    member_type: type("PyMemberDescr_Type"),
    dict_type: type("PyDict_Type"),
    guard: guard ? 1 : 0,
    visit: visitor(interpreter) ?? NULL,
  };
}
