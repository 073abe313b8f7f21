// In: real processes of every kind that may be met. Out: the code of each, and the target as it was.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readElf } from "../../engine/elf/elf.ts";
import { preflight } from "../../engine/preflight/preflight.ts";
import { listProcesses } from "../../engine/preflight/processes.ts";
import {
  debianPython,
  endAll,
  newest,
  pidOf,
  pythons,
  start,
  startPython,
  startReady,
  stateOf,
  supported,
  until,
} from "./targets.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "refscope-preflight-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(endAll);

const codeOf = async (pid: number) => (await preflight(pid)).failure?.code ?? "attachable";
const isRoot = process.getuid?.() === 0;

test.each(supported())("CPython %s may be recorded, and its version is that of the interpreter", async (_, python) => {
  const said = execFileSync(python, ["-c", "import sys; print(sys.hexversion)"], { encoding: "utf8" });
  const { failure, target } = await preflight(await startPython(python));
  expect(failure).toBeUndefined();
  expect(target?.versionHex).toBe(Number(said));
  expect(target?.build).toEqual(["release"]);
});

test.runIf(debianPython)("a static, stripped CPython", async () => {
  const { failure, target } = await preflight(await startPython(debianPython ?? ""));
  expect([failure, target?.build]).toEqual([undefined, ["release", "static"]]);
});

test.each([...pythons()].filter(([version]) => /^(2\.7|3\.[67])$/.test(version)))(
  "CPython %s is refused by its number",
  async (version, python) => {
    const { failure } = await preflight(await startPython(python));
    expect(failure?.code).toBe("unknown-version");
    expect(failure?.cause).toContain(`CPython ${version}.`);
  },
);

test("a version that is not known yet is refused by its number, though everything else is as ever", async () => {
  const library = patchedLibrary((bytes, at) => bytes.writeUInt32LE(0x032a03f0, at));
  const { failure, target } = await preflight(await startPython(newest(), { LD_PRELOAD: library }));
  expect(failure?.code).toBe("unknown-version");
  expect(failure?.cause).toContain("CPython 3.42.3");
  expect(target?.python).toBe("3.42.3");
});

test("a file that contradicts itself is refused", async () => {
  const library = patchedLibrary((bytes, at) => bytes.writeUInt32LE(0x030d09f0, at));
  expect(await codeOf(await startPython(newest(), { LD_PRELOAD: library }))).toBe("layout-mismatch");
});

test("a library that was deleted under a running process is still read", async () => {
  const library = patchedLibrary(() => {});
  const pid = await startPython(newest(), { LD_PRELOAD: library });
  rmSync(library);
  expect(await codeOf(pid)).toBe("attachable");
});

test("PyPy is refused as PyPy", async () => {
  const pid = pidOf(start("sleep", ["600"], { LD_PRELOAD: emptyLibrary("libpypy3-c.so") }));
  await until(() => /r-xp .*libpypy3-c/.test(readFileSync(`/proc/${pid}/maps`, "utf8")));
  expect(await codeOf(pid)).toBe("pypy");
});

test("another agent is named", async () => {
  const library = emptyLibrary("libheaptrack_preload.so");
  const { failure } = await preflight(await startPython(newest(), { LD_PRELOAD: library }));
  expect([failure?.code, failure?.cause.includes("heaptrack")]).toEqual(["foreign-agent", true]);
});

test("no process, a thread, a zombie, no Python", async () => {
  expect(await codeOf(2 ** 22 + 7)).toBe("no-such-process");
  expect(await codeOf(0)).toBe("no-such-process");
  const thread = readdirSync("/proc/self/task").find((id) => Number(id) !== process.pid);
  expect(await codeOf(Number(thread))).toBe("no-such-process");
  expect(await codeOf(pidOf(start("sleep", ["600"])))).toBe("not-python");
  const parent = await startReady(newest(), [
    "-c",
    "import os, time\nif os.fork() == 0: os._exit(0)\nprint('ready', flush=True)\ntime.sleep(600)",
  ]);
  const zombie = onlyChildOf(parent);
  await until(() => stateOf(zombie) === "Z");
  expect(await codeOf(zombie)).toBe("zombie");
});

test("a stopped process is refused and stays stopped", async () => {
  const pid = await startPython(newest());
  process.kill(pid, "SIGSTOP");
  await until(() => stateOf(pid) === "T");
  const { failure, target } = await preflight(pid);
  expect([failure?.code, stateOf(pid)]).toEqual(["stopped", "T"]);
  expect(target?.python).toMatch(/^3\./);
});

test("a traced process is refused, and its tracer is named", async () => {
  const pid = await startPython(newest());
  // PTRACE_SEIZE stops nothing; the tracer's end releases the target.
  const trace = `import ctypes, time\nassert ctypes.CDLL(None).ptrace(0x4206, ${pid}, 0, 0) == 0\nprint('ready', flush=True)\ntime.sleep(600)`;
  const tracer = await startReady(newest(), ["-c", trace]);
  const { failure } = await preflight(pid);
  expect(failure?.code).toBe("traced");
  expect(failure?.cause).toContain(`(pid ${tracer})`);
});

test("its owner's wish not to be debugged is respected, unless it is overridden", async () => {
  const pid = await startPython(newest(), { PYTHON_DISABLE_REMOTE_DEBUG: "1" });
  expect(await codeOf(pid)).toBe("remote-debug-disabled");
  expect((await preflight(pid, { overrideRemoteDebug: true })).failure).toBeUndefined();
  expect(await codeOf(await startPython(newest(), { PYTHON_DISABLE_REMOTE_DEBUG: "" }))).toBe("attachable");
  expect(
    await codeOf(
      await startReady(newest(), [
        "-X",
        "disable_remote_debug",
        "-c",
        "import time; print(1, flush=True); time.sleep(600)",
      ]),
    ),
  ).toBe("remote-debug-disabled");
});

/** The code that a process of `nobody` gets; Node strips the types, so the child runs our files as they are. */
function codeAsNobody(pid: number): string {
  const module = resolve(import.meta.dirname, "../../engine/preflight/preflight.ts");
  const script = `const { preflight } = await import(${JSON.stringify(module)}); console.log(JSON.stringify((await preflight(${pid})).failure));`;
  const ended = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    uid: 65534,
    gid: 65534,
    encoding: "utf8",
    cwd: "/",
  });
  return ended.stdout + ended.stderr;
}

test.runIf(isRoot)("a process of root is denied to another user, with what helps", async () => {
  const said = codeAsNobody(await startPython(newest()));
  expect(said).toContain('"code":"ptrace-denied"');
  expect(said).toContain("it runs as root, Refscope as nobody");
  expect(said).toContain("Run Refscope as root: `sudo refscope record ");
});

test.runIf(isRoot)(
  "in another mount and pid namespace it works where /proc is mounted, and not where it is not",
  async () => {
    const python = newest();
    const inside = `exec ${python} -c 'import time; print("ready", flush=True); time.sleep(600)'`;
    const outer = await startReady("unshare", [
      "--mount",
      "--pid",
      "--fork",
      "--kill-child",
      "--mount-proc",
      "sh",
      "-c",
      inside,
    ]);
    const { failure, checks } = await preflight(onlyChildOf(outer));
    expect(failure).toBeUndefined();
    expect(checks.find(({ name }) => name === "namespaces")?.detail).toContain("another mount and pid namespace");
    endAll();
    const hidden = await startReady("unshare", ["--mount", "sh", "-c", `umount -l /proc && ${inside}`]);
    expect(await codeOf(hidden)).toBe("no-proc");
  },
);

const onlyChildOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8"));

test("a list shows each Python process once, with its version, without its secrets, and why one cannot be recorded", async () => {
  const open = await startPython(newest(), {}, ["--password=hunter2"]);
  const other = pidOf(start("sleep", ["600"]));
  const stopped = await startPython(newest());
  process.kill(stopped, "SIGSTOP");
  await until(() => stateOf(stopped) === "T");
  const rows = listProcesses();
  const row = (pid: number) => rows.filter((one) => one.pid === pid);
  expect(row(open)).toMatchObject([{ attachable: true, reason: null, build: ["release"] }]);
  expect(row(open)[0]?.command).toContain("--password=***");
  expect(row(open)[0]?.rssBytes).toBeGreaterThan(1e6);
  expect(Math.abs(Date.parse(row(open)[0]?.startedAt ?? "") - Date.now())).toBeLessThan(60_000);
  expect(row(stopped)).toMatchObject([{ attachable: false, reason: { code: "stopped" } }]);
  expect(row(other)).toEqual([]);
});

test("processes that come and go during the reading never make it throw", async () => {
  const churn = start("sh", ["-c", `while :; do ${newest()} -c 1 & sleep 0.01; done`]);
  const child = pidOf(churn);
  for (let round = 0; round < 15; round++) {
    for (const { pid } of listProcesses()) await preflight(pid);
  }
  expect(stateOf(child)).not.toBe("Z");
});

/** A copy of the newest libpython with `Py_Version` changed. Preloaded, it is the one the program runs: its soname is the same. */
function patchedLibrary(change: (bytes: Buffer, at: number) => void): string {
  const lib = join(dirname(newest()), "../lib");
  const name = execFileSync("sh", ["-c", `cd ${lib} && ls libpython3.*.so.1.0`], { encoding: "utf8" }).trim();
  const path = join(folder, name);
  copyFileSync(join(lib, name), path);
  const elf = readElf(path);
  if (!elf.ok) throw new Error(elf.failure.cause);
  const address = elf.value.exported(["Py_Version"]).get("Py_Version")?.address ?? 0;
  const section = elf.value.sections.find((one) => address >= one.address && address < one.address + one.size);
  elf.value.close();
  const bytes = readFileSync(path);
  change(bytes, (section?.offset ?? 0) + address - (section?.address ?? 0));
  writeFileSync(path, bytes);
  return path;
}

function emptyLibrary(name: string): string {
  const path = join(folder, name);
  writeFileSync(join(folder, "empty.c"), "int refscope_test_empty(void) { return 1; }");
  execFileSync("cc", ["-shared", "-fPIC", "-o", path, join(folder, "empty.c")]);
  symlinkSync(path, `${path}.link`);
  return path;
}
