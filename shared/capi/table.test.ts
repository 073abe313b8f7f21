// In: the generated table. Out: facts that CPython's documentation states, one line a function, for one version.
import { expect, test } from "vitest";
import { isKnown, type Row } from "./row.ts";
import { apiTable } from "./table.ts";

const table = apiTable();

/** "int(borrows value steals) -1" */
function drawn(row: Row | undefined): string {
  if (row === undefined) return "not there";
  const rest = row.rest === undefined ? [] : [`…${row.rest}`];
  const failure = `${row.failure}${row.ambiguous ? "?" : ""}`;
  return `${row.result}(${[...row.arguments, ...rest].join(" ")}) ${failure}`;
}

const facts: Readonly<Record<string, string>> = {
  // Who takes the caller's reference.
  PyList_SetItem: "int(borrows value steals) -1",
  PyTuple_SetItem: "int(borrows value steals) -1",
  PyStructSequence_SetItem: "none(borrows value steals) none",
  PyModule_AddObject: "int(borrows value steals-on-success) -1",
  PyModule_Add: "int(borrows value steals) -1",
  PyErr_Restore: "none(steals steals steals) always",
  PyErr_SetRaisedException: "none(steals) always",
  PyErr_SetExcInfo: "none(steals steals steals) none",
  PyException_SetCause: "none(borrows steals) none",
  PyException_SetContext: "none(borrows steals) none",
  PyUnicode_AppendAndDel: "none(replaces steals) argument",
  PyBytes_ConcatAndDel: "none(replaces steals) argument",
  PyGen_New: "new(steals) NULL",
  Py_DecRef: "none(steals) none",
  Py_IncRef: "none(gives) none",
  _Py_Dealloc: "none(destroys) none",
  // Who takes one of its own.
  PyList_Append: "int(borrows keeps) -1",
  PyList_Insert: "int(borrows value keeps) -1",
  PyDict_SetItem: "int(borrows keeps keeps) -1",
  PyDict_SetItemString: "int(borrows value keeps) -1",
  PyDict_SetDefault: "borrowed(borrows keeps keeps) NULL",
  PyObject_SetAttr: "int(borrows borrows keeps) -1",
  PyObject_SetAttrString: "int(borrows value keeps) -1",
  PySequence_SetItem: "int(borrows value keeps) -1",
  PySet_Add: "int(borrows keeps) -1",
  PyModule_AddObjectRef: "int(borrows value keeps) -1",
  PyTuple_Pack: "new(value …keeps) NULL",
  PyErr_SetObject: "none(keeps keeps) always",
  PyErr_SetString: "none(keeps value) always",
  PyObject_GetBuffer: "int(keeps value value) -1",
  // Results.
  PyTuple_GetItem: "borrowed(borrows value) NULL",
  PyList_GetItem: "borrowed(borrows value) NULL",
  PyList_GetItemRef: "new(borrows value) NULL",
  PySequence_GetItem: "new(borrows value) NULL",
  PyDict_GetItem: "borrowed(borrows borrows) none",
  PyDict_GetItemWithError: "borrowed(borrows borrows) NULL?",
  PyObject_GetItem: "new(borrows borrows) NULL",
  PyObject_GetAttrString: "new(borrows value) NULL",
  PyObject_CallOneArg: "new(borrows borrows) NULL",
  PyObject_CallFunctionObjArgs: "new(borrows …borrows) NULL",
  PyObject_CallFunction: "new(borrows value …build) NULL",
  PyObject_Vectorcall: "new(borrows borrows-all value borrows) NULL",
  Py_BuildValue: "new(value …build) NULL",
  PyImport_AddModule: "borrowed(value) NULL",
  PyImport_ImportModule: "new(value) NULL",
  PySys_GetObject: "borrowed(value) none",
  PyWeakref_GetObject: "borrowed(borrows) NULL?",
  PyErr_Occurred: "borrowed() none",
  PyErr_NoMemory: "null() NULL",
  PyErr_Format: "null(keeps value …values) NULL",
  PyIter_Next: "new(borrows) NULL?",
  PyLong_AsLong: "int(borrows) -1?",
  PyFloat_AsDouble: "other(borrows) -1?",
  PyUnicode_AsUTF8: "other(borrows) NULL",
  PyErr_ExceptionMatches: "int(borrows) none",
  // Through a pointer.
  PyDict_GetItemRef: "int(borrows borrows new-out) -1",
  PyDict_Pop: "int(borrows borrows new-out) -1",
  PyWeakref_GetRef: "int(borrows new-out) -1",
  PyObject_GetOptionalAttr: "int(borrows borrows new-out) -1",
  PyDict_Next: "int(borrows value borrowed-out borrowed-out) none",
  PyErr_Fetch: "none(new-out new-out new-out) none",
  PyUnicode_InternInPlace: "none(replaces) none",
  PyArg_ParseTuple: "int(borrows value …parse) 0",
  PyArg_UnpackTuple: "int(borrows value value value …borrowed-out) 0",
};

test.each(Object.entries(facts))("%s: %s", (name, fact) => {
  expect(drawn(table.function(name, 13))).toBe(fact);
});

test("what came and went", () => {
  const versions = (name: string) => table.versions(name)?.join(" ");
  expect(versions("PyList_SetItem")).toBe("8 9 10 11 12 13 14 15");
  expect(versions("PyDict_Pop")).toBe("13 14 15");
  expect(versions("PyUnicode_FromUnicode")).toBe("8 9 10 11");
  expect(versions("_PyObject_LookupAttr")).toBe("8 9 10 11 12");
  expect(versions("PyExc_ValueError")).toBe("8 9 10 11 12 13 14 15");
  expect(table.versions("PyNothing_AtAll")).toBeUndefined();
  expect(table.function("PyDict_Pop", 12)).toBeUndefined();
});

test("one name, another signature", () => {
  expect(drawn(table.function("_PyEval_GetBuiltinId", 10))).toBe("borrowed(value) NULL");
  expect(drawn(table.function("_PyEval_GetBuiltinId", 11))).toBe("new(value) NULL");
  expect(table.history("_PyLong_AsByteArray").map((row) => row.arguments.length)).toEqual([5, 6]);
});

test("the stable ABI, and what is nobody's to call", () => {
  const level = (name: string) => table.history(name).at(-1)?.level;
  expect([table.stableSince("PyList_SetItem"), table.stableSince("PyDict_GetItemRef")]).toEqual([2, 13]);
  expect([table.stableSince("PyUnicode_AsUTF8"), table.stableSince("_Py_NoneStruct")]).toEqual([undefined, 2]);
  expect(["PyList_SetItem", "_Py_Dealloc", "PyUnicode_AsUTF8", "PyUnstable_Code_New"].map(level)).toEqual([
    "limited",
    "abi-only",
    "public",
    "unstable",
  ]);
  expect(["_PyObject_GC_New", "_PyDict_NewPresized"].map(level)).toEqual(["abi-only", "private"]);
});

test("the GIL, and an exception that is set", () => {
  const asked = (name: string) => table.function(name, 12);
  for (const name of ["PyMem_RawMalloc", "PyGILState_Ensure", "PyEval_RestoreThread", "PyThread_acquire_lock"])
    expect([name, asked(name)?.needsGil]).toEqual([name, false]);
  for (const name of ["PyMem_Malloc", "PyGILState_Release", "PyEval_SaveThread", "Py_BuildValue"])
    expect([name, asked(name)?.needsGil]).toEqual([name, true]);
  for (const name of [
    "PyErr_Occurred",
    "PyErr_Clear",
    "PyErr_Restore",
    "Py_DecRef",
    "PyGILState_Release",
    "PyMem_Free",
  ])
    expect([name, asked(name)?.withError]).toEqual([name, "fine"]);
  for (const name of ["PyObject_Call", "PyObject_Str", "PyObject_GetAttr", "PyLong_AsLong", "PyArg_ParseTuple"])
    expect([name, asked(name)?.withError]).toEqual([name, "wrong"]);
});

test("of the limited API nothing is unknown", () => {
  const limited = table.names.flatMap((name) => table.history(name)).filter((row) => row.level === "limited");
  const unknown = limited.filter((row) => !isKnown(row)).map((row) => row.name);
  console.info(
    `limited API: ${limited.length - unknown.length} of ${limited.length} known; unknown: ${unknown.join(" ")}`,
  );
  expect(unknown.length).toBeLessThan(limited.length * 0.03);
});
