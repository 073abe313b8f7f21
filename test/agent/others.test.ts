// Other tools, signals, and ends of every kind while a process is recorded: each keeps what is its own, and nobody crashes.
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { value } from "../gateway/value.ts";
import { stopped } from "./checks.ts";
import { importProbe, removeProbes } from "./probe.ts";
import { everyPython, half, pythonsOf } from "./pythons.ts";
import { type Loaded, load } from "./recorded.ts";
import { endTargets, startTarget, type Target } from "./target.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(endTargets);
afterAll(async () => {
  await gateway.close();
  removeProbes();
});

const work = `
import ctypes
def allocators():
    table = (ctypes.c_size_t * 15)()
    for domain in range(3): ctypes.pythonapi.PyMem_GetAllocator(domain, ctypes.byref(table, 40 * domain))
    return list(table)
kept = []
def work():
    for i in range(3000): kept.append([i]); {"a": (i, i)}
def churn():
    while True:
        some = [[i] for i in range(100)]
        time.sleep(0.001)
for _ in range(2): threading.Thread(target=churn, daemon=True).start()
reply()
`;

async function armed(target: Target): Promise<Loaded> {
  const loaded = await load(gateway, target.pid);
  expect(await loaded.arm({ frames: 4, nativeMemory: true })).toMatchObject({ kind: "armed" });
  await target.ask("work()\nreply()");
  return loaded;
}

it.each(everyPython)(
  "tracemalloc before, during and after a recording of $name",
  { timeout: 60_000 },
  async (python) => {
    const target = await startTarget(python);
    await target.ask(`import tracemalloc\n${work}`);
    const before = await target.ask("tracemalloc.start(); tracemalloc.stop(); reply(allocators())");
    await target.ask("tracemalloc.start(3); reply()");
    const under = await armed(target);
    await stopped(under);
    await under.leave();
    expect(
      await target.ask(
        "first = tracemalloc.get_traced_memory()[0]; work(); reply(tracemalloc.get_traced_memory()[0] > first)",
      ),
    ).toBe(true);
    await target.ask("tracemalloc.stop(); reply()");
    const inside = await armed(target);
    await target.ask("tracemalloc.start(); work(); tracemalloc.stop(); work(); reply()");
    await stopped(inside);
    await inside.leave();
    expect(await target.ask("reply(allocators())")).toEqual(before);
    await target.ask("work(); reply()");
  },
);

it.each(half(0, everyPython))(
  "tracemalloc that stays on top of a recording of $name",
  { timeout: 60_000 },
  async (python) => {
    const target = await startTarget(python);
    await target.ask(`import tracemalloc\n${work}`);
    const before = await target.ask("reply(allocators())");
    const loaded = await armed(target);
    await target.ask("tracemalloc.start(); work(); reply()");
    await loaded.disarm();
    expect(loaded.sums.wrong).toEqual([]);
    await loaded.leave();
    await target.ask("work(); reply()");
    const again = await load(gateway, target.pid);
    expect(await again.arm({ frames: 1 })).toMatchObject({ kind: "refused", code: "arm-failed" });
    await again.leave();
    // What tracemalloc puts back is ours; the next recording takes it away.
    await target.ask("tracemalloc.stop(); work(); reply()");
    const last = await armed(target);
    await stopped(last);
    expect(last.sums.objects("list", "work").allocations).toBeGreaterThan(python.inferred ? 2900 : 2999);
    await last.leave();
    expect(await target.ask("reply(allocators())")).toEqual(before);
    await target.ask("work(); reply()");
  },
);

it.each(pythonsOf(313))(
  "a tracer that was there before hears everything, on $name",
  { timeout: 60_000 },
  async (python) => {
    const probe = importProbe(python);
    if (probe === undefined) return console.info(`left out on ${python.name}: its headers or a compiler are missing`);
    const target = await startTarget(python);
    await target.ask(`${probe}\n${work}`);
    await target.ask("probe.trace(True)\nreply()");
    const loaded = await armed(target);
    const [mine, during] = [
      await target.ask("reply(probe.traced())"),
      await target.ask("before = probe.traced()[1]; work(); reply(probe.traced()[1] - before)"),
    ];
    expect(mine).toMatchObject([0, expect.any(Number)]);
    expect(Number(during)).toBeGreaterThan(9000);
    await stopped(loaded);
    await loaded.leave();
    expect(await target.ask("reply(probe.traced()[0])")).toBe(1);
    await target.ask("probe.trace(False)\nreply()");
  },
);

/** Begun only when the hooks are in: Frida 17 itself, with an empty script, kills a process that it enters amid a thousand signals a second. */
const storm = `
heard = 0
def on_alarm(*_):
    global heard
    heard += 1; [[i] for i in range(20)]
signal.signal(signal.SIGALRM, on_alarm)
def every(seconds): signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
reply()
`;

it.each(half(1, everyPython))("a storm of signals in $name", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(work);
  await target.ask(storm);
  for (let round = 0; round < 3; round++) {
    const loaded = await armed(target);
    await target.ask("every(0.001)\nwork()\ntime.sleep(0.2)\nreply()");
    await stopped(loaded);
    await loaded.leave();
    expect(await target.ask("before = heard; time.sleep(0.2); every(0); reply(heard > before)")).toBe(true);
  }
});

const ends: readonly (readonly [how: string, program: string, how: string])[] = [
  ["exits with the interpreter taken down", "import atexit; atexit.register(work); sys.exit(3)", "3"],
  ["exits at once", "os._exit(4)", "4"],
  ["exits while threads work", "kept.extend([[i] for i in range(100000)]); sys.exit(0)", "0"],
  ["becomes another program", "os.execv('/bin/sh', ['sh', '-c', 'exit 5'])", "5"],
  ["aborts", "os.abort()", "SIGABRT"],
];
const endings = everyPython.flatMap((python) =>
  ends.map(([how, program, code]) => ({ python, how, program, code, name: python.name })),
);

it.each(endings)("$name $how while it is recorded", { timeout: 60_000 }, async ({ python, program, code }) => {
  const target = await startTarget(python);
  await target.ask(work);
  const loaded = await armed(target);
  target.say(program);
  expect(await target.ended).toBe(code);
  loaded.silence();
  expect(["target-ended", "target-replaced"]).toContain(await loaded.session.detached);
  expect(loaded.sums.wrong).toEqual([]);
});
