// Threads that wait for the GIL, forks, exec, signals and ends of every kind while GIL, errors and objects are recorded: nobody crashes,
// nothing foreign is recorded, and the process is as it was. `CYCLES` sets how often it is attached and left.
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { value } from "../gateway/value.ts";
import { stopped } from "./checks.ts";
import { pointersIntoCore } from "./pointers.ts";
import { everyPython, half } from "./pythons.ts";
import { type Loaded, load } from "./recorded.ts";
import { coresIn, endTargets, filesOf, mapsOf, startTarget, type Target } from "./target.ts";

const cycles = Number(process.env["CYCLES"] ?? 8);
const stormy = half(0, everyPython);
const warm = 5;
/** As in reattach.test.ts: what Frida leaves behind each time, and stacks and heaps that glibc keeps as it likes. */
const mappingsOfFrida = 2;
const mappingsThatVary = 8;

let gateway: Gateway;
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(endTargets);
afterAll(() => gateway.close());

/** Three that spin, three that come and go, one that only raises. */
const contention = `
def spin():
    while True: sum(i for i in range(1000))
def come_and_go():
    while True: time.sleep(0.0005); [i for i in range(10)]
def raises():
    while True:
        try: {}["missing"]
        except KeyError: time.sleep(0.0001)
def short_lived():
    while True:
        thread = threading.Thread(target=come_back); thread.start(); thread.join()
def come_back(): [[i] for i in range(20)]
for work in (spin, spin, spin, come_and_go, come_and_go, come_and_go, raises, short_lived):
    threading.Thread(target=work, name=work.__name__, daemon=True).start()
reply()
`;

async function armed(target: Target): Promise<Loaded> {
  const loaded = await load(gateway, target.pid);
  const all = { lifecycle: true, gil: true, errors: true, errorDetails: true, frames: 4, nativeMemory: true };
  expect(await loaded.arm(all)).toMatchObject({ kind: "armed", gil: "slots" });
  return loaded;
}

it.each(stormy)(
  `${cycles} recordings of $name while threads wait for the GIL`,
  { timeout: 60_000 + cycles * 5_000 },
  async (python) => {
    const target = await startTarget(python);
    await target.ask(contention);
    const counts: (readonly [files: number, mappings: number])[] = [];
    for (let number = 0; number < cycles; number++) {
      const loaded = await armed(target);
      await sleep(number % 3 === 0 ? 100 : 10);
      await stopped(loaded);
      expect(loaded.events.produced?.holds).toBeGreaterThan(1);
      await loaded.leave();
      expect([pointersIntoCore(target.pid), coresIn(target.pid)]).toEqual([0, 1]);
      counts.push([filesOf(target.pid), mapsOf(target.pid).length]);
    }
    await sleep(500); // Frida's last threads are still leaving the process.
    counts.push([filesOf(target.pid), mapsOf(target.pid).length]);
    const [filesWarm = 0, mappingsWarm = 0] = counts[Math.min(warm, cycles - 1)] ?? [];
    const [files = 0, mappings = 0] = counts.at(-1) ?? [];
    expect(files).toBeLessThanOrEqual(filesWarm);
    expect(mappings - mappingsWarm).toBeLessThanOrEqual(
      Math.max(0, cycles - warm) * mappingsOfFrida + mappingsThatVary,
    );
    expect(await target.ask("reply(sum(len([i]) for i in range(1000)))")).toBe(1000);
  },
);

const forks = `
import subprocess, warnings
warnings.simplefilter("ignore", DeprecationWarning)
def only_in_child():
    for _ in range(500):
        try: raise LookupError("of a child")
        except LookupError: time.sleep(0)
def by_fork():
    child = os.fork()
    if child == 0:
        others = [threading.Thread(target=only_in_child, name="of a child") for _ in range(2)]
        for thread in others: thread.start()
        for thread in others: thread.join()
        os._exit(0)
    return os.waitpid(child, 0)[1]
def by_subprocess():
    return subprocess.run([sys.executable, "-c", "import json; print(len([[i] for i in range(5000)]))"], stdout=subprocess.PIPE).returncode
reply()
`;

it.each(stormy)("children of $name are not recorded, and go on", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(contention);
  await target.ask(forks);
  const loaded = await armed(target);
  for (let round = 0; round < 5; round++)
    expect(await target.ask("reply([by_fork(), by_subprocess()])")).toEqual([0, 0]);
  await stopped(loaded);
  const { events } = loaded;
  expect(events.errors().filter(({ type }) => type === "LookupError")).toEqual([]);
  expect(events.named("of a child")).toEqual([]);
  expect(new Set([...events.threads.values()].map(({ tid }) => tid)).size).toBeGreaterThan(8);
  await loaded.leave();
  expect(await target.ask("reply([by_fork(), by_subprocess()])")).toEqual([0, 0]);
});

/** Begun only when the hooks are in: see others.test.ts. */
const alarms = `
heard = 0
def on_alarm(*_):
    global heard
    heard += 1
    try: {}[heard]
    except KeyError: time.sleep(0)
signal.signal(signal.SIGALRM, on_alarm)
def every(seconds): signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
reply()
`;

it.each(stormy)("a storm of signals in $name", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(contention);
  await target.ask(alarms);
  for (let round = 0; round < 3; round++) {
    const loaded = await armed(target);
    const heard = Number(await target.ask("before = heard; every(0.001); time.sleep(0.5); reply(heard - before)"));
    await stopped(loaded);
    const raised = loaded.events.errors().filter(({ functions }) => functions[0] === "on_alarm");
    expect(raised.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(heard);
    await loaded.leave();
    expect(await target.ask("before = heard; time.sleep(0.3); every(0); reply(heard > before)")).toBe(true);
  }
});

const ends: readonly (readonly [how: string, program: string, how: string])[] = [
  ["exits with the interpreter taken down", "sys.exit(3)", "3"],
  ["exits at once", "os._exit(4)", "4"],
  ["becomes another program", "os.execv('/bin/sh', ['sh', '-c', 'exit 5'])", "5"],
  ["aborts", "os.abort()", "SIGABRT"],
  ["is killed", "os.kill(os.getpid(), 9)", "SIGKILL"],
];
const endings = stormy.flatMap((python) =>
  ends.map(([how, program, code]) => ({ python, how, program, code, name: python.name })),
);

it.each(endings)("$name $how while threads wait", { timeout: 60_000 }, async ({ python, program, code }) => {
  const target = await startTarget(python);
  await target.ask(contention);
  const loaded = await armed(target);
  await sleep(50);
  target.say(program);
  expect(await target.ended).toBe(code);
  loaded.silence();
  expect(["target-ended", "target-replaced"]).toContain(await loaded.session.detached);
  expect([...loaded.sums.wrong, ...loaded.events.wrong]).toEqual([]);
});
