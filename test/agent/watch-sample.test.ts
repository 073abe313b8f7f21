// Objects that real processes make at a site in, each followed from its first reference to its end out; four at a time, under load in four
// threads, and the process as it was.
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import type { SampleSite } from "../../shared/agent-protocol.ts";
import { value } from "../gateway/value.ts";
import { everyPython, half, type Python, pythonsOf } from "./pythons.ts";
import { endTargets, startTarget, type Target } from "./target.ts";
import { breakpointsOf, importWatched, type Watching, watch } from "./watched.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(endTargets);
afterAll(() => gateway.close());

const sampled = pythonsOf(309, 310, 311, 312, 313);

async function sampling(python: Python, program: string, site: SampleSite, objects = 8): Promise<[Target, Watching]> {
  const words = importWatched(python);
  const target = await startTarget(python);
  await target.ask(`${words ?? ""}${program}\nreply()`);
  const watching = await watch(gateway, target.pid);
  expect(await watching.sample(site, objects)).toMatchObject({ kind: "armed" });
  return [target, watching];
}

async function ended(watching: Watching, target: Target): Promise<void> {
  await watching.stop();
  expect(watching.told.said).toEqual([]);
  await watching.leave();
  expect(breakpointsOf(target.pid)).toBe(0);
  await target.ask("reply()");
}

/** Of `box = Box()`; what makes the extension importable comes before. */
const lineOf = (python: Python): number => (importWatched(python)?.split("\n").length ?? 1) + 5;
const service = `
class Box: pass
class Other: pass
kept = []
def handle(keep):
    box = Box()
    other = Other()
    if keep: kept.append(box)
def handle_all(n, keep):
    for _ in range(n): handle(keep)
`;

const busy = `
done = [0] * 4
def work(i):
    while True:
        value = {"a": [i]}
        box = Box()
        box.value = value
        done[i] += 1
for i in range(4): threading.Thread(target=work, args=(i,), daemon=True).start()
`;

it.each(half(1, sampled))(
  "whole lives, from the first reference to the free, in $name",
  { timeout: 60_000 },
  async (python) => {
    const [target, watching] = await sampling(python, service, { type: "Box", function: "handle" });
    await target.ask("handle_all(20, False); reply()");
    await ended(watching, target);
    const { told } = watching;
    expect(told.first).toHaveLength(8);
    expect(told.states.map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => "freed"));
    for (const { id, type } of told.first) {
      expect(type).toBe("Box");
      expect(told.gaps(id)).toBe(0);
      const changes = told.of(id);
      expect(changes[0]).toMatchObject({ delta: 1, count: 1, function: "handle" });
      expect(changes.at(-1)).toMatchObject({ delta: -1, count: 0 });
      expect(changes[0]?.native.length).toBeGreaterThan(1);
    }
  },
);

it.each(half(0, sampled))("what is kept is let go for the next ones, in $name", { timeout: 60_000 }, async (python) => {
  const [target, watching] = await sampling(python, service, { file: "<told>", line: lineOf(python), type: "Box" });
  for (let round = 0; round < 3; round++) await target.ask("handle_all(5, True); time.sleep(0.4); reply()");
  await target.ask("kept.clear(); reply()");
  await ended(watching, target);
  const { told } = watching;
  expect(told.first).toHaveLength(8);
  // The tenth came when all eight were found.
  expect(told.sampled?.made).toBe(9);
  const states = told.states.map(({ state }) => state);
  // Four were let go and are found gone at the end, or freed while they were followed.
  expect(states.filter((state) => state === "reused" || state === "freed")).toHaveLength(8);
  for (const { id } of told.first) expect(told.gaps(id)).toBe(0);
});

it.each(half(1, sampled))(
  "four threads that make objects as fast as they can, in $name",
  { timeout: 60_000 },
  async (python) => {
    const [target, watching] = await sampling(python, `${service}${busy}`, { function: "work" }, 64);
    await target.ask("time.sleep(2); reply()");
    await ended(watching, target);
    const { told } = watching;
    expect(told.sampled?.missed).toBe(0);
    expect(told.first).toHaveLength(64);
    for (const { id } of told.first) expect(told.gaps(id)).toBe(0);
    await target.ask("time.sleep(0.3); reply(done)");
  },
);

const sites: readonly SampleSite[] = [{ type: "dict" }, { function: "work" }, { type: "Box", file: "<told>" }];
it.each(pythonsOf(309, 311, 312, 313))(
  "comes and goes 12 times while threads of $name make objects, and are made",
  { timeout: 120_000 },
  async (python) => {
    const target = await startTarget(python);
    await target.ask(`${service}${busy}
def short():
    for _ in range(50): kept = {"box": Box()}
def make_threads():
    while True:
        thread = threading.Thread(target=short); thread.start(); thread.join(); time.sleep(0.001)
threading.Thread(target=make_threads, daemon=True).start()
reply()`);
    for (let round = 0; round < 12; round++) {
      const watching = await watch(gateway, target.pid);
      expect(await watching.sample(sites[round % sites.length] ?? {}, 64)).toMatchObject({ kind: "armed" });
      await target.ask("time.sleep(0.1); reply()");
      await ended(watching, target);
      expect(watching.told.first.length).toBeGreaterThan(4);
      for (const { id } of watching.told.first) expect(watching.told.gaps(id)).toBe(0);
    }
    expect(await target.ask("time.sleep(0.3); reply(all(done))")).toBe(true);
  },
);

it("elsewhere it finds what an exported function hands out, or all", { timeout: 120_000 }, async () => {
  for (const python of everyPython.filter(({ version, name }) => version === 308 || version > 313 || /^D/.test(name))) {
    const target = await startTarget(python);
    await target.ask(`${service}reply()`);
    const watching = await watch(gateway, target.pid);
    expect(await watching.sample({ function: "handle" }, 16), python.name).toMatchObject({ kind: "armed" });
    await target.ask("handle_all(20, False); handle_all(5, True); reply()");
    await ended(watching, target);
    for (const { id } of watching.told.first) expect(watching.told.gaps(id), python.name).toBe(0);
    console.info(`${python.name}: ${watching.told.first.length} objects`);
  }
});

it.each(pythonsOf(309, 312, 313))("children of $name do not sample, and go on", { timeout: 60_000 }, async (python) => {
  const forks = `
def by_fork():
    child = os.fork()
    if child == 0:
        handle_all(2000, True)
        links = [os.readlink("/proc/self/fd/" + name) for name in os.listdir("/proc/self/fd") if os.path.islink("/proc/self/fd/" + name)]
        os._exit(sum("perf" in link for link in links))
    return os.waitpid(child, 0)[1]
`;
  const [target, watching] = await sampling(python, `${service}${forks}`, { type: "Box" }, 16);
  for (let round = 0; round < 4; round++) expect(await target.ask("handle_all(1, True); reply(by_fork())")).toBe(0);
  await ended(watching, target);
  expect(watching.told.first).toHaveLength(4);
  expect(new Set(watching.told.changes.map(({ thread }) => thread))).toEqual(new Set([target.pid]));
});
