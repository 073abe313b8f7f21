// A function in, in which version its signature or its meaning changed under the same name out. Next: module.ts.
// Signatures: from the table. Meanings: by hand, each from the "Changed in version" of the function's own entry in c-api/, or from
// "Porting to Python 3.x" in whatsnew/.
import type { Minor } from "../../shared/capi/row.ts";
import type { ApiTable } from "../../shared/capi/table.ts";

export interface Change {
  readonly function: string;
  readonly since: Minor;
  readonly what: string;
}

const lengths =
  "a format with # is refused, and from 3.13 on its length is a Py_ssize_t; built without PY_SSIZE_T_CLEAN it gave an int";
const index = "an object with __int__ and no __index__ is refused";
const swallow = "an exception it ignores is reported to sys.unraisablehook";
const hang = "after the interpreter began to end, the thread hangs instead of ending";
const metaclass = "the metaclass of the bases is used";

const meanings: Readonly<Record<string, readonly (readonly [Minor, string])[]>> = {
  PyArg_Parse: [[10, lengths]],
  PyArg_ParseTuple: [[10, lengths]],
  PyArg_ParseTupleAndKeywords: [[10, lengths]],
  PyArg_VaParse: [[10, lengths]],
  PyArg_VaParseTupleAndKeywords: [[10, lengths]],
  Py_BuildValue: [[10, lengths]],
  Py_VaBuildValue: [[10, lengths]],
  PyObject_CallFunction: [[10, lengths]],
  PyObject_CallMethod: [[10, lengths]],
  PyLong_AsLong: [[10, index]],
  PyLong_AsLongAndOverflow: [[10, index]],
  PyLong_AsLongLong: [[10, index]],
  PyLong_AsLongLongAndOverflow: [[10, index]],
  PyLong_AsUnsignedLongMask: [[10, index]],
  PyLong_AsUnsignedLongLongMask: [[10, index]],
  PyDict_GetItem: [
    [10, "it may no longer be called without the GIL"],
    [13, swallow],
  ],
  PyDict_GetItemString: [[13, swallow]],
  PySys_GetObject: [[13, swallow]],
  PyEval_InitThreads: [[9, "it does nothing"]],
  PyErr_SetExcInfo: [[11, "type and traceback are taken from the exception; the arguments are only released"]],
  PyObject_HasAttr: [[13, swallow]],
  PyObject_HasAttrString: [[13, swallow]],
  PyMapping_HasKey: [[13, swallow]],
  PyMapping_HasKeyString: [[13, swallow]],
  PyType_FromSpec: [[12, metaclass]],
  PyType_FromSpecWithBases: [[12, metaclass]],
  PyType_FromModuleAndSpec: [[12, metaclass]],
  PyGILState_Ensure: [[14, hang]],
  PyEval_RestoreThread: [[14, hang]],
  PyEval_AcquireThread: [[14, hang]],
};

export function changesOf(name: string, table: ApiTable): readonly Change[] {
  const eras = table.history(name).slice(1);
  const signatures = eras.map(({ versions }) => ({ since: versions[0] ?? 0, what: "its signature is another" }));
  const written = (meanings[name] ?? []).map(([since, what]) => ({ since, what }));
  return [...signatures, ...written].map((change) => ({ function: name, ...change }));
}
