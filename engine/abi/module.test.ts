// In: names of symbols. Out: what they say of the module that imports them.
import { expect, test } from "vitest";
import { apiTable } from "../../shared/capi/table.ts";
import { moduleFacts } from "./module.ts";

const table = apiTable();
const facts = (path: string, required: readonly string[], optional: readonly string[] = []) =>
  moduleFacts(path, { required, optional, entries: ["PyInit_x"] }, 12, table);

test("abi3 in the name is a promise, symbols keep or break it", () => {
  const promise = "x.abi3.so";
  expect(facts(promise, ["PyLong_FromLong", "_Py_Dealloc"])).toMatchObject({ api: "limited", stableAbi: true });
  expect(facts(promise, ["PyLong_FromLong", "PyUnicode_AsUTF8"])).toMatchObject({ api: "full", stableAbi: false });
  expect(facts("x.so", ["PyLong_FromLong"])).toMatchObject({ api: "limited", stableAbi: false });
  expect(facts("x.so", ["PyLong_FromLong", "PyType_Ready"]).api).toBe("full");
});

test("where a symbol is undefined, unless it is weak", () => {
  expect(facts("x.so", ["PyDict_Pop"])).toMatchObject({
    needs: "3.13",
    breaksOn: ["3.8", "3.9", "3.10", "3.11", "3.12"],
  });
  expect(facts("x.so", ["PyList_New"], ["PyDict_Pop"])).toMatchObject({ needs: "3.8", breaksOn: [] });
  expect(facts("x.so", ["PyDict_Pop", "_PyObject_LookupAttr"]).needs).toBeNull();
  expect(facts("x.so", ["PyList_New", "PyOther_Library"])).toMatchObject({
    unknown: ["PyOther_Library"],
    breaksOn: [],
  });
});

test("private functions, removed ones, and those that changed later", () => {
  const module = facts("x.cpython-312-x86_64-linux-gnu.so", ["_PyLong_AsByteArray", "_PyObject_LookupAttr"]);
  expect(module.builtFor).toBe("3.12");
  expect(module.private).toEqual(["_PyLong_AsByteArray", "_PyObject_LookupAttr"]);
  expect(module.removed).toEqual([{ function: "_PyObject_LookupAttr", since: "3.13" }]);
  expect(module.changed).toEqual([
    { function: "_PyLong_AsByteArray", since: "3.13", what: "its signature is another" },
  ]);
});

test("one phase or two", () => {
  expect(facts("x.so", ["PyModuleDef_Init"]).multiPhase).toBe(true);
  expect(facts("x.so", ["PyModule_Create2"]).multiPhase).toBe(false);
  expect(facts("x.so", ["PyModuleDef_Init", "PyModule_Create2"]).multiPhase).toBeNull();
});
