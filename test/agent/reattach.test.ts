// Twenty recordings of one process, one after another: one core, nothing that grows, and every pointer and byte of code as it was.
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { value } from "../gateway/value.ts";
import { stopped } from "./checks.ts";
import { pointersIntoCore } from "./pointers.ts";
import { everyPython } from "./pythons.ts";
import { load } from "./recorded.ts";
import { coresIn, endTargets, filesOf, mapsOf, startTarget, type Target } from "./target.ts";

const cycles = 20;
const warm = 5;
/** Frida 17 leaves 28 KiB of code and 4 KiB of data behind each time, also when it loads an empty script. */
const mappingsOfFrida = 2;
/** Stacks of threads, and heaps, that glibc keeps and frees as it likes. */
const mappingsThatVary = 6;

/** The three allocators, and the first bytes of every function that may be patched, as the process itself reads them. */
const asItIs = `
import ctypes
def words(domain):
    table = (ctypes.c_size_t * 5)()
    ctypes.pythonapi.PyMem_GetAllocator(domain, table)
    return list(table)
def code(name):
    try: return ctypes.string_at(ctypes.cast(getattr(ctypes.pythonapi, name), ctypes.c_void_p).value, 32).hex()
    except AttributeError: return None
patched = "_Py_NewReference PyTuple_New PyList_New PyDict_New PyType_GenericAlloc _PyObject_GC_New PyUnicode_New PyFloat_FromDouble".split()
def as_it_is(): return [[words(domain) for domain in range(3)], [code(name) for name in patched]]
def work():
    for i in range(2000): [i]
reply()
`;

let gateway: Gateway;
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(endTargets);
afterAll(() => gateway.close());

async function cycle(target: Target, number: number): Promise<void> {
  const loaded = await load(gateway, target.pid);
  expect(await loaded.arm({ frames: 4, nativeMemory: true })).toMatchObject({ kind: "armed", coreReused: number > 0 });
  await target.ask("work()\nreply()");
  if (number === 0) expect(pointersIntoCore(target.pid)).toBeGreaterThan(10);
  await stopped(loaded);
  expect(loaded.sums.of((row) => row.functions[0] === "work").allocations).toBeGreaterThan(1000);
  await loaded.leave();
}

it.each(everyPython.filter(({ version }) => [308, 311, 313, 315].includes(version)))(
  "$name is as it was after every recording",
  { timeout: 60_000 },
  async (python) => {
    const target = await startTarget(python);
    await target.ask(asItIs);
    const before = await target.ask("reply(as_it_is())");
    const counts: (readonly [files: number, mappings: number])[] = [];
    for (let number = 0; number < cycles; number++) {
      await cycle(target, number);
      counts.push([filesOf(target.pid), mapsOf(target.pid).length]);
      expect(await target.ask("reply(as_it_is())")).toEqual(before);
      expect([pointersIntoCore(target.pid), coresIn(target.pid)]).toEqual([0, 1]);
    }
    await sleep(500); // Frida's last threads are still leaving the process.
    counts.push([filesOf(target.pid), mapsOf(target.pid).length]);
    const [filesWarm = 0, mappingsWarm = 0] = counts[warm] ?? [];
    const [files = 0, mappings = 0] = counts.at(-1) ?? [];
    expect(files).toBeLessThanOrEqual(filesWarm);
    expect(mappings - mappingsWarm).toBeLessThanOrEqual((cycles - warm) * mappingsOfFrida + mappingsThatVary);
    expect(target.alive()).toBe(true);
  },
);
