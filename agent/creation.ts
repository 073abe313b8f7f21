// An interpreter in, the hooks that tell of new objects out. From 3.13 on the core's tracer does (core.arm). Code is patched under the GIL only. Next: recording.ts.
import { noPatches, type Patches, patchCode } from "./code-patch.ts";
import type { Core } from "./core/core.ts";
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

/** A function too small to be patched leaves its objects to be typed by what they look like. */
export function patchCreation(interpreter: Interpreter, core: Core): Patches {
  if (creationEventsOf(interpreter) === "tracer") return noPatches;
  const wanted = creators.flatMap((name, index) => {
    const address = exported(interpreter.module, name);
    return address !== null && (index === 0 || inlinesNewReference(interpreter)) ? [{ name, address, index }] : [];
  });
  return patchCode(core, wanted);
}
