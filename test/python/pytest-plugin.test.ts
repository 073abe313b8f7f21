// In: the pytest plugin, installed as a package, and marked tests. Out: which of them pytest fails, and with which words.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { pythonWith } from "../fixtures/python-packages.ts";
import { temporaryFolder } from "../fixtures/synthetic-recording.ts";

const root = resolve(import.meta.dirname, "../..");
const python = pythonWith("pytest", "setuptools", "wheel");

/** From a copy: a build leaves files beside its sources. */
function installed(path: string): string {
  const folder = temporaryFolder();
  cpSync(join(root, "python"), join(folder, "source"), { recursive: true });
  const words = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"];
  execFileSync(path, [...words, "--target", join(folder, "site"), join(folder, "source")]);
  return join(folder, "site");
}

/** Undefined without a compiler or headers. */
function builtExtension(path: string): string | undefined {
  const folder = temporaryFolder();
  const include = execFileSync(path, ["-c", "import sysconfig; print(sysconfig.get_paths()['include'])"], {
    encoding: "utf8",
  }).trim();
  const source = join(root, "test/fixtures/broken.c");
  const words = ["-g", "-O2", "-shared", "-fPIC", `-I${include}`, "-o", join(folder, "broken.so"), source];
  return spawnSync("cc", words).status === 0 ? folder : undefined;
}

function pytest(path: string, more: NodeJS.ProcessEnv, ...words: readonly string[]) {
  const report = join(temporaryFolder(), "report.xml");
  const tests = join(import.meta.dirname, "test_marked.py");
  const given = ["-m", "pytest", "-p", "no:cacheprovider", "-q", `--junit-xml=${report}`, ...words, tests];
  const { stdout } = spawnSync(path, given, {
    encoding: "utf8",
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", ...more },
  });
  const cases = [
    ...readFileSync(report, "utf8").matchAll(/<testcase [^>]*name="(\w+)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g),
  ];
  return { out: stdout, told: new Map(cases.map(([, name = "", inside = ""]) => [name, inside])) };
}

test.skipIf("missing" in python)("a leak fails with its size and place, what is clean or allowed passes", (context) => {
  if ("missing" in python) return context.skip(python.missing);
  const extension = builtExtension(python.path);
  const path = [installed(python.path), ...(extension === undefined ? [] : [extension])].join(":");
  const { told, out } = pytest(python.path, { PYTHONPATH: path, REFSCOPE: join(root, "refscope") });
  const failing = [...told].filter(([, inside]) => inside.includes("<failure")).map(([name]) => name);
  const ours = ["test_leaks_two", "test_fails_by_itself", "test_coroutine"];
  expect(failing, out).toEqual(extension === undefined ? ours : [...ours, "test_audit_of_a_leaking_module"]);
  expect(told.get("test_leaks_two")).toContain("leaks 2 references a run");
  expect(told.get("test_leaks_two")).toMatch(
    /1 object a run, \d+ live after \d+ runs: test_leaks_two at .*test_marked\.py:\d+/,
  );
  expect(told.get("test_fails_by_itself")).toContain("by itself");
  if (extension !== undefined) expect(told.get("test_audit_of_a_leaking_module")).toContain("leak_item");
});

test.skipIf("missing" in python)("a process that cannot be recorded fails the test, with why", (context) => {
  if ("missing" in python) return context.skip(python.missing);
  const path = installed(python.path);
  const nowhere = pytest(python.path, { PYTHONPATH: path, REFSCOPE: "/no/refscope" }, "-k", "test_clean");
  expect(nowhere.told.get("test_clean")).toContain("refscope could not watch this test: cannot start `/no/refscope`");
  const other = { PYTHONPATH: path, REFSCOPE: join(root, "refscope"), PYTHON_DISABLE_REMOTE_DEBUG: "1" };
  const refused = pytest(python.path, other, "-k", "test_clean");
  expect(refused.told.get("test_clean")).toContain("remote-debug-disabled");
});
