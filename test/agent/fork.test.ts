// A process that forks while it is recorded: what its children do is not counted, they go on, and one of them can be recorded itself.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { pid as toPid } from "../../shared/units.ts";
import { value } from "../gateway/value.ts";
import { stopped } from "./checks.ts";
import { pointersIntoCore } from "./pointers.ts";
import { everyPython, pythonsOf } from "./pythons.ts";
import { load } from "./recorded.ts";
import { endTargets, startTarget, type Target } from "./target.ts";

const made = 10_000;
/** Lists that may wait on a free list (PyList_MAXFREELIST). */
const spare = 80;
const program = (folder: string) => `
import subprocess, multiprocessing, warnings
warnings.simplefilter("ignore", DeprecationWarning)
def only_in_child(n):
    kept = []
    for _ in range(n): kept.append([n])
    return len(kept)
def only_in_parent():
    for _ in range(100): [1, 2]
def by_fork():
    child = os.fork()
    if child == 0: os._exit(0 if only_in_child(5000) == 5000 else 1)
    return os.waitpid(child, 0)[1]
def in_process(): sys.exit(0 if only_in_child(5000) == 5000 else 1)
def by_multiprocessing():
    child = multiprocessing.get_context("fork").Process(target=in_process)
    child.start(); child.join()
    return child.exitcode
def by_subprocess():
    return subprocess.run([sys.executable, "-c", "import json; print(len([[i] for i in range(5000)]))"], stdout=subprocess.PIPE).returncode
def stays():
    child = os.fork()
    if child: return child
    try:
        while not os.path.exists(${JSON.stringify(folder)} + "/end"):
            time.sleep(0.02)
            if os.path.exists(${JSON.stringify(folder)} + "/go"):
                os.unlink(${JSON.stringify(folder)} + "/go")
                only_in_child(${made})
                open(${JSON.stringify(folder)} + "/done", "w").close()
    finally: os._exit(0)
def churn():
    while True:
        kept = [[i] for i in range(100)]
        time.sleep(0.001)
for _ in range(2): threading.Thread(target=churn, daemon=True).start()
reply()
`;

const folder = mkdtempSync(join(tmpdir(), "refscope-fork-"));
let gateway: Gateway;
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(endTargets);
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

it.each(everyPython)("children of $name are not counted, and go on", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(program(folder));
  const loaded = await load(gateway, target.pid);
  expect(await loaded.arm({ frames: 4, nativeMemory: true })).toMatchObject({ kind: "armed" });
  for (let round = 0; round < 5; round++) {
    const all = "reply([only_in_parent(), by_fork(), by_multiprocessing(), by_subprocess()])";
    expect(await target.ask(all)).toEqual([null, 0, 0, 0]);
  }
  await stopped(loaded);
  expect(loaded.sums.of((row) => row.functions.includes("only_in_child")).allocations).toBe(0);
  expect(loaded.sums.objects("list", "only_in_parent").allocations).toBe(500);
  await loaded.leave();
});

/** A child that was born while its parent was recorded, and lives until the test is over. */
async function withChild(target: Target, work: (child: number, here: string) => Promise<void>): Promise<void> {
  const here = mkdtempSync(join(folder, "child-"));
  await target.ask(program(here));
  const parent = await load(gateway, target.pid);
  expect(await parent.arm({ frames: 4, nativeMemory: true })).toMatchObject({ kind: "armed" });
  const child = Number(await target.ask("reply(stays())"));
  try {
    await work(child, here);
    await stopped(parent);
    expect(parent.sums.of((row) => row.functions.includes("only_in_child")).allocations).toBe(0);
    await parent.leave();
  } finally {
    writeFileSync(join(here, "end"), "");
  }
  expect(await target.ask(`reply(os.waitpid(${child}, 0)[1])`)).toBe(0);
}

const patience = { timeout: 20_000, interval: 20 };
async function plants(here: string): Promise<void> {
  writeFileSync(join(here, "go"), "");
  await vi.waitFor(() => expect(existsSync(join(here, "done"))).toBe(true), patience);
  rmSync(join(here, "done"));
}

it.each(pythonsOf(308, 309, 310, 311, 312, 313))(
  "a child of a recorded $name is recorded itself, exactly",
  { timeout: 60_000 },
  async (python) => {
    await withChild(await startTarget(python), async (child, here) => {
      await plants(here);
      // Its parent's Frida is mapped in it: the same one would take that for its own and wait for threads that are not there.
      const another = value(await openGateway());
      for (let round = 0; round < 2; round++) {
        const loaded = await load(another, toPid(child));
        expect(await loaded.arm({ frames: 2, nativeMemory: true })).toMatchObject({ kind: "armed", coreReused: true });
        await plants(here);
        await stopped(loaded);
        const { allocations, frees } = loaded.sums.objects("list", "only_in_child");
        // And the list that keeps them.
        const unseen = python.inferred ? spare : 0;
        expect(allocations).toBeLessThanOrEqual(made + 1);
        expect(allocations).toBeGreaterThanOrEqual(made + 1 - unseen);
        expect(frees).toBeGreaterThan(made - spare - unseen);
        await loaded.leave();
      }
      await another.close();
      expect(pointersIntoCore(toPid(child))).toBe(0);
      await plants(here);
    });
  },
);
