// In: modules of this machine's CPythons, wheels, and modules that cc makes here. Out: abiFacts says of them what their builders and the
// dynamic linker of each CPython say.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { abiFacts } from "../../engine/abi/abi-facts.ts";
import type { AbiModule } from "../../shared/abi-document.ts";
import { everyWheelModule, installed, installedModules } from "./modules.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "refscope-abi-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function facts(paths: readonly string[], version: string): readonly AbiModule[] {
  const report = abiFacts(paths, version);
  if (!report.ok) throw new Error(report.failure.cause);
  return report.value.modules;
}
function only(path: string, version = "3.11"): AbiModule {
  const [module] = facts([path], version);
  if (module === undefined) throw new Error(`nothing of ${path}`);
  return module;
}

/** Compiles `source` as a module called `name`, against the headers of one of the Pythons when asked to. */
function build(name: string, source: string, words: readonly string[] = []): string {
  const path = join(folder, name);
  writeFileSync(`${path}.c`, source);
  execFileSync("cc", ["-shared", "-fPIC", "-O1", ...words, "-o", path, `${path}.c`]);
  return path;
}
const include = (program: string): string =>
  execFileSync(program, ["-c", "import sysconfig; print(sysconfig.get_path('include'))"], { encoding: "utf8" }).trim();

const limited = `
#include <Python.h>
static PyObject *one(PyObject *self, PyObject *arg) { return PyObject_GetAttrString(arg, "x"); }
static PyMethodDef methods[] = {{"one", one, METH_O, 0}, {0, 0, 0, 0}};
static PyModuleDef_Slot slots[] = {{0, 0}};
static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, "lim", 0, 0, methods, slots, 0, 0, 0};
PyMODINIT_FUNC PyInit_lim(void) { return PyModuleDef_Init(&def); }`;
const full = `
#include <Python.h>
static PyTypeObject type = {PyVarObject_HEAD_INIT(0, 0) "full.T", sizeof(PyObject)};
static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, "full", 0, -1, 0, 0, 0, 0, 0};
PyMODINIT_FUNC PyInit_full(void) { return PyType_Ready(&type) < 0 ? 0 : PyModule_Create(&def); }`;

test.each(installed)("$name: a module of the limited API, and one of the full", ({ start: [program], name }) => {
  const headers = `-I${include(program)}`;
  const stable = only(build("lim.abi3.so", limited, ["-DPy_LIMITED_API=0x03080000", headers]), "3.8");
  expect(stable).toMatchObject({ api: "limited", stableAbi: true, needs: "3.8", multiPhase: true, builtFor: null });
  expect([stable.private, stable.removed, stable.breaksOn, stable.unknown]).toEqual([[], [], [], []]);
  const other = only(build(`full.cpython-311-${name.includes(" ") ? "d" : "p"}.so`, full, [headers]));
  expect(other).toMatchObject({ api: "full", stableAbi: false, builtFor: "3.11", multiPhase: false });
});

test("a module is not broken by the version it was built for", () => {
  const paths = [...installedModules(), ...everyWheelModule()];
  const modules = facts(paths, "3.8").filter(({ builtFor }) => builtFor !== null);
  const broken = modules.filter(({ builtFor, breaksOn }) => breaksOn.includes(builtFor ?? ""));
  expect(broken.map(({ module }) => basename(module))).toEqual([]);
  expect(modules.flatMap(({ unknown }) => unknown)).toEqual([]);
  expect(modules.length).toBeGreaterThan(50);
});

/** A shared object that asks for these symbols and does nothing else. */
const asking = (symbols: readonly string[]): string => `
${symbols.map((name) => `extern char ${name}[];`).join("\n")}
void *wanted[] = {${symbols.join(", ")}};`;

/** Which of this machine's versions can load it with every symbol bound. */
function loadedBy(path: string): readonly string[] {
  const code = "import ctypes, os, sys; ctypes.CDLL(sys.argv[1], mode=os.RTLD_NOW)";
  return installed
    .filter(({ start: [program] }) => {
      try {
        execFileSync(program, ["-c", code, path], { stdio: "pipe" });
        return true;
      } catch {
        return false;
      }
    })
    .map(({ version }) => `3.${version - 300}`);
}

test.each([
  [["PyList_New"]],
  [["PyDict_Pop", "PyList_GetItemRef"]],
  [["PyUnicode_FromUnicode"]],
  [["_PyObject_LookupAttr", "PyObject_CallNoArgs"]],
  [["PyCFunction_Call", "_PyThreadState_UncheckedGet"]],
  [["PyEval_CallObject", "_PyUnicode_Ready"]],
])("%j can be bound where breaksOn does not say otherwise", (symbols) => {
  const module = only(build("asks.so", asking(symbols)));
  const versions = [...new Set(installed.map(({ version }) => `3.${version - 300}`))];
  const whole = versions.filter((version) => !module.breaksOn.includes(version) && module.unknown.length === 0);
  expect([...new Set(loadedBy(module.module))]).toEqual(whole);
});

test("known wheels", () => {
  const of = (pattern: RegExp, version: string) =>
    everyWheelModule()
      .filter((path) => pattern.test(path))
      .map((path) => only(path, version));
  for (const module of of(/orjson\.cpython-312/, "3.12")) {
    expect(module).toMatchObject({ api: "full", builtFor: "3.12", needs: "3.12", multiPhase: true });
    expect(module.private).toContain("_PyLong_AsByteArray");
    expect(module.removed).toContainEqual({ function: "_Py_HashBytes", since: "3.14" });
    expect(module.changed.map((change) => `${change.function} ${change.since}`)).toContain("_PyLong_AsByteArray 3.13");
  }
  for (const module of of(/_rust\.abi3/, "3.12"))
    expect(module).toMatchObject({ api: "limited", stableAbi: true, needs: "3.11", private: [], removed: [] });
});

test("what cannot be read is a failure", () => {
  expect(abiFacts([join(folder, "absent.so")], "3.12")).toMatchObject({ failure: { code: "unreadable-binary" } });
  expect(abiFacts([], "2.7")).toMatchObject({ failure: { code: "usage" } });
});
