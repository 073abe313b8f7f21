// An interpreter in, the hooks that tell of new objects out. From 3.13 on the core's tracer does (core.arm). Code is patched under the GIL only. Next: recording.ts.
import type { Core } from "./core/core.ts";
import { codePatchBytes } from "./core/structs.ts";
import { exported, type Interpreter } from "./interpreter.ts";

export type CreationEvents = "tracer" | "new-reference" | "inferred";

/** By index of `creation_wrappers` in native/creation.c. All but the first hand out objects from free lists, or new ones where _Py_NewReference is inlined. */
const creators = [
  "_Py_NewReference",
  "PyTuple_New",
  "PyList_New",
  "PyDict_New",
  "_PyDict_NewPresized",
  "PyType_GenericAlloc",
  "_PyObject_GC_New",
  "_PyObject_GC_NewVar",
  "_PyObject_New",
  "_PyObject_NewVar",
  "PyMethod_New",
  "PyUnicode_New",
  "PyBytes_FromStringAndSize",
  "_PyLong_New",
  "PyFrozenSet_New",
  "PyFloat_FromDouble",
] as const;

/** 3.8 inlines _Py_NewReference everywhere (Include/object.h); a static build with LTO inlines it where it likes. */
export function creationEventsOf(interpreter: Interpreter): CreationEvents {
  if (exported(interpreter.module, "PyRefTracer_SetTracer") !== null) return "tracer";
  return inlinesNewReference(interpreter) ? "inferred" : "new-reference";
}

const inlinesNewReference = ({ versionHex, staticBuild }: Interpreter): boolean =>
  versionHex < 0x03090000 || staticBuild;

export interface Patches {
  readonly functions: readonly string[];
  revert(): void;
}

/** Under the GIL: the only threads that run these functions hold it, so none is inside the bytes that change. */
export function patchCreation(interpreter: Interpreter, core: Core): Patches {
  const wanted = creators.filter((_, index) => index === 0 || inlinesNewReference(interpreter));
  const events = creationEventsOf(interpreter);
  const patched = events === "tracer" ? [] : wanted.flatMap((name) => patchOne(interpreter, core, name));
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

function patchOne(interpreter: Interpreter, core: Core, name: (typeof creators)[number]) {
  const address = exported(interpreter.module, name);
  if (address === null) return [];
  const index = creators.indexOf(name);
  const before = bytesOf(address);
  try {
    const original = Interceptor.replaceFast(address, core.creationWrapper(index));
    core.noteCodePatch(index, address, original, before, before);
    Interceptor.flush();
    core.noteCodePatch(index, address, original, before, bytesOf(address));
    return [{ name, address, index }];
  } catch {
    return []; // too small to be patched: its objects are typed by what they look like
  }
}

const bytesOf = (address: NativePointer): ArrayBuffer =>
  address.readByteArray(codePatchBytes) ?? new ArrayBuffer(codePatchBytes);
