// Threads with Python frames, without any, and of other interpreters in; their places and numbers out, exact where they are seen.
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { value } from "../gateway/value.ts";
import { stopped } from "./checks.ts";
import { importProbe, removeProbes } from "./probe.ts";
import { everyPython, type Python, pythonsOf } from "./pythons.ts";
import { load } from "./recorded.ts";
import type { Row } from "./sums.ts";
import { endTargets, startTarget } from "./target.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(endTargets);
afterAll(async () => {
  await gateway.close();
  removeProbes();
});

const names = Array.from({ length: 8 }, (_, i) => `work_${i}`);
const each = 2000;
const eight = `
kept = []
def make(x):
    return [x]
def step(x):
    kept.append(make(x)); make(x)
${names.map((name) => `def ${name}():\n    for _ in range(${each}): step(1)`).join("\n")}
def run():
    threads = [threading.Thread(target=work) for work in (${names.join(", ")})]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
sys.setswitchinterval(1e-5)
reply()
`;
const short = (functions: readonly string[]) => functions.map((name) => name.split(".").at(-1));

it.each(everyPython)("eight threads of $name, each at its own place", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(eight);
  const loaded = await load(gateway, target.pid);
  expect(await loaded.arm({ frames: 3 })).toMatchObject({ kind: "armed" });
  await target.ask("run()\nreply()");
  await stopped(loaded);
  const at = (thread: string) => (row: Row) =>
    row.type === "list" && short(row.functions).join() === `make,step,${thread}`;
  const seen = names.map((name) => loaded.sums.of(at(name)));
  // Where nothing tells of reuse, the list that goes and the next one are one.
  const reuse = python.inferred ? each : 0;
  for (const { allocations } of seen) {
    expect(allocations).toBeLessThanOrEqual(2 * each);
    expect(allocations).toBeGreaterThanOrEqual(2 * each - reuse);
  }
  const everywhere = loaded.sums.of((row) => row.type === "list" && row.functions[0] === "make");
  expect(everywhere.allocations).toBe(seen.reduce((sum, one) => sum + one.allocations, 0));
  await loaded.leave();
});

it.each(pythonsOf(308, 311, 313))("threads of $name without a Python frame", { timeout: 60_000 }, async (python) => {
  const probe = importProbe(python);
  if (probe === undefined) return console.info(`left out on ${python.name}: its headers or a compiler are missing`);
  const target = await startTarget(python);
  await target.ask(`${probe}\nprobe.lists(1)\nreply()`);
  const loaded = await load(gateway, target.pid);
  expect(await loaded.arm({ frames: 3 })).toMatchObject({ kind: "armed" });
  await target.ask("probe.raw(5000)\nprobe.lists(5000)\nreply()");
  await stopped(loaded);
  const [, module] = [...loaded.sums.modules].find(([path]) => /\/probe\.[^/]*so$/.test(path)) ?? [];
  const inside = ({ native }: Row) =>
    module !== undefined && native >= module.base && native < module.base + BigInt(module.size);
  const raw = loaded.sums.of((row) => row.domain === "raw" && inside(row) && row.functions.length === 0);
  expect([raw.allocations, raw.frees]).toEqual([5000, 5000]);
  const lists = loaded.sums.of((row) => row.type === "list" && row.functions.length === 0);
  expect(lists.allocations).toBeGreaterThanOrEqual(python.inferred ? 4900 : 5000);
  expect(lists.allocations).toBeLessThanOrEqual(5000);
  await loaded.leave();
});

/** Own GIL from 3.12 on, where it can be asked for. */
const interpreters = `
try: import _interpreters as sub
except ImportError: import _xxsubinterpreters as sub
made = "kept = []\\nfor i in range(5000): kept.append([i]); {'a': (i, i)}\\n"
def one(_=None):
    interpreter = sub.create()
    for _ in range(3): sub.run_string(interpreter, made)
    sub.destroy(interpreter)
def several():
    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
def in_main():
    for _ in range(100): [1, 2]
reply()
`;
const withInterpreters = (python: Python) => python.version >= 308;

it.each(everyPython.filter(withInterpreters))(
  "interpreters beside the first in $name",
  { timeout: 60_000 },
  async (python) => {
    const target = await startTarget(python);
    await target.ask(interpreters);
    const loaded = await load(gateway, target.pid);
    expect(await loaded.arm({ frames: 4, nativeMemory: true })).toMatchObject({ kind: "armed" });
    await target.ask("one()\nin_main()\nreply()");
    // Up to 3.11 they share one GIL and their threads one table of PyGILState, so that CPython itself allows no more than one at a time.
    if (python.version >= 312) await target.ask("several()\nreply()");
    await target.ask("in_main()\nreply()");
    await stopped(loaded);
    if (!python.inferred) expect(loaded.sums.objects("list", "in_main").allocations).toBe(200);
    await loaded.leave();
    await target.ask("one()\nreply()");
  },
);
