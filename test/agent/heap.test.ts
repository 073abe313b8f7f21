// Processes with known objects in, graphs that say the same as the process does of itself out: which objects, of what type, how often referred to, by what.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { edgeKind, type HeapGraph, heapFlag } from "../../engine/analysis/heap/heap-graph.ts";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { value } from "../gateway/value.ts";
import { everyPython, type Python, pythonsOf } from "./pythons.ts";
import { endTargets, startTarget, type Target } from "./target.ts";
import { Asked, walking } from "./walked.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(endTargets);
afterAll(() => gateway.close());

const program = `
import ctypes
class Box: pass
class Slim: __slots__ = ("left", "right")
class Names(dict): pass
class Row(list): pass
class Pair(tuple): pass
def adder(n):
    def add(m): return n, m
    return add
box = Box(); box.content = object(); box.other = [1]
slim = Slim(); slim.left = object(); slim.right = object()
table = {"first": object(), 7: object(), (1, 2): object(), "not a name": object()}
names = Names(second=object()); names.note = object()
row = Row([object(), object()]); pair = Pair([object(), object()])
closure = adder(object())
boxes = [Box() for _ in range(300)]
more = [b for i, b in enumerate(boxes) for _ in range(i % 7)]
def count(o): ctypes.pythonapi.Py_IncRef(ctypes.py_object(o))
leaked = Box()
for _ in range(50): count(leaked)
def lose(n):
    for i in range(n):
        count("lost string number %d" % i)
        count((i, "lost"))
lose(100)
started = threading.Event()
def waits():
    held = object()
    where["held"] = hex(id(held))
    started.set()
    time.sleep(1000)
where = {}
threading.Thread(target=waits, daemon=True).start()
started.wait(); time.sleep(0.1)
gc.collect()
def a(o): return hex(id(o))
reply()
`;

const ofType = (graph: HeapGraph, name: string): number =>
  graph.types.reduce((sum, type) => sum + (graph.typeList[type]?.name === name ? 1 : 0), 0);

async function walked(python: Python): Promise<{ target: Target; graph: HeapGraph; asked: Asked }> {
  const target = await startTarget(python);
  await target.ask(program);
  const walk = await walking(gateway, target.pid, python);
  const graph = await walk.graph();
  await walk.leave();
  return { target, graph, asked: new Asked(graph) };
}

describe.each(everyPython)("$name", { timeout: 60_000 }, (python) => {
  it("is known as it knows itself", async () => {
    const { target, graph, asked } = await walked(python);
    const tracked = await target.ask(
      "reply([[a(o), type(o).__name__] for o in gc.get_objects() if type(o) in (Box, dict, list, Slim, type)])",
    );
    const rows = Array.isArray(tracked) ? tracked : [];
    const absent = rows.filter(([address]) => (asked.flags(address) & heapFlag.tracked) === 0);
    // What the question itself makes is younger than the snapshot.
    expect(rows.length).toBeGreaterThan(1000);
    expect(absent.length).toBeLessThan(12);
    expect([ofType(graph, "Box"), ofType(graph, "Slim")]).toEqual([302, 1]);
    const counts = await target.ask("reply([[a(boxes[i]), sys.getrefcount(boxes[i]) - 1] for i in range(300)])");
    const told = Array.isArray(counts) ? counts : [];
    expect(told.filter(([address, count]) => asked.count(address) !== count)).toEqual([]);
    expect(told).toHaveLength(300);
  });

  it("is told by whom things are held, and as what", async () => {
    const { target, graph, asked } = await walked(python);
    const at = async (what: string) => Number(await target.ask(`reply(a(${what}))`));
    const edge = async (holder: string, held: string) => {
      const to = await at(held);
      return asked
        .edges(await at(holder))
        .filter((row) => row.to === to)
        .map(({ kind, label }) => [kind, label]);
    };
    const none = 0xffff_ffff;
    expect(await edge("slim", "slim.left")).toEqual([[edgeKind.attribute, "left"]]);
    expect(await edge("table", 'table["first"]')).toEqual([[edgeKind.value, "first"]]);
    expect(await edge("table", "table[7]")).toEqual([[edgeKind.value, none]]);
    expect(await edge("table", 'table["not a name"]')).toEqual([[edgeKind.value, none]]);
    expect(await edge("table", "[k for k in table if type(k) is tuple][0]")).toEqual([[edgeKind.key, none]]);
    expect(await edge("names", 'names["second"]')).toEqual([[edgeKind.value, "second"]]);
    expect(await edge("row", "row[1]")).toEqual([[edgeKind.item, 1]]);
    expect(await edge("pair", "pair[0]")).toEqual([[edgeKind.item, 0]]);
    expect(await edge("boxes", "boxes[299]")).toEqual([[edgeKind.item, 299]]);
    expect(await edge("closure.__closure__[0]", "closure.__closure__[0].cell_contents")).toEqual([
      [edgeKind.cell, none],
    ]);
    expect(await edge("boxes[0]", "Box")).toEqual([[edgeKind.type, none]]);
    const held = Number(await target.ask('reply(where["held"])'));
    const frame = graph.roots.find(({ kind, name }) => kind === "frame" && name.startsWith("waits() in <told>:"));
    expect(frame).toBeDefined();
    const locals = asked.edges(graph.addresses[frame?.node ?? -1]).filter(({ to }) => to === held);
    expect(locals.map(({ kind, label }) => [kind, label])).toEqual([[edgeKind.local, "held"]]);
    expect(graph.roots.some(({ kind, name }) => kind === "module" && name === "ctypes")).toBe(true);
  });

  it("says what it lost", async () => {
    const { target, graph, asked } = await walked(python);
    const into = new Uint32Array(graph.count);
    for (const to of graph.edges) into[to] = (into[to] ?? 0) + 1;
    const leaked = asked.node(await target.ask("reply(a(leaked))"));
    expect((graph.counts[leaked] ?? 0) - (into[leaked] ?? 0)).toBe(50);
    const lost = (name: string) =>
      graph.flags.filter(
        (_, node) =>
          graph.typeList[graph.types[node] ?? -1]?.name === name && graph.counts[node] === 1 && into[node] === 0,
      ).length;
    // A debug build keeps its own words around each block.
    if (!python.debug) expect(lost("str")).toBeGreaterThanOrEqual(100);
    expect(lost("tuple")).toBeGreaterThanOrEqual(python.debug ? 0 : 100);
    expect(lost("str") + lost("tuple")).toBeLessThan(260);
  });
});

it.each(pythonsOf(311, 313))("keeps no names when it may not, on $name", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  await target.ask(program);
  const walk = await walking(gateway, target.pid, python);
  const { parts } = await walk.walk({ names: false });
  const text = Buffer.concat(parts).toString("latin1");
  expect(text.includes("not a name")).toBe(false);
  expect(text.includes("content")).toBe(false);
  await walk.leave();
});
