// A thousand errors of each kind in, on every CPython here; exactly a thousand out, at their line, and what C code does to the indicator.
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import type { ArmRequest } from "../../shared/agent-protocol.ts";
import { value } from "../gateway/value.ts";
import { stopped } from "./checks.ts";
import type { ErrorRow, Events } from "./events.ts";
import { importProbe, removeProbes } from "./probe.ts";
import { everyPython, half, type Python } from "./pythons.ts";
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

const onlyErrors: Partial<ArmRequest> = { lifecycle: false, errors: true, frames: 2 };
async function withErrors(
  python: Python,
  program: string,
  more: Partial<ArmRequest> = {},
): Promise<readonly [Target, Loaded]> {
  const target = await startTarget(python);
  await target.ask(`${program}\nreply()`);
  const loaded = await load(gateway, target.pid);
  expect(await loaded.arm({ ...onlyErrors, ...more })).toMatchObject({ kind: "armed" });
  return [target, loaded];
}

const counted = (rows: readonly ErrorRow[]) => rows.reduce((sum, { count }) => sum + count, 0);
/** By their innermost function. */
const within = (events: Events, name: string, act = "raised"): readonly ErrorRow[] =>
  events.errors().filter((row) => row.act === act && row.functions[0]?.split(".").at(-1) === name);

const times = 1000;
const planted: Readonly<Record<string, string>> = {
  ValueError: "raise ValueError('planted')",
  KeyError: "{}['missing']",
  AttributeError: "os.nope",
  NameError: "undefined_name",
  FileNotFoundError: "os.stat('/definitely/not/here')",
  StopIteration: "next(iter(()))",
  ZeroDivisionError: "1 / 0",
  ModuleNotFoundError: "import nope_nope",
  TypeError: "len(7)",
  IndexError: "[][1]",
  RecursionError: "raise RecursionError",
};
const kinds = Object.entries(planted)
  .map(([kind, line]) => `def plant_${kind}():\n    try: ${line}\n    except ${kind}: pass`)
  .join("\n");
const plant = `${kinds}
def plant():
    for work in [work for name, work in globals().items() if name.startswith("plant_")]:
        for _ in range(${times}): work()
`;

it.each(everyPython)("$name: a thousand of each kind", { timeout: 60_000 }, async (python) => {
  const [target, loaded] = await withErrors(python, plant);
  await target.ask("plant()\nreply()");
  await stopped(loaded);
  const found = Object.keys(planted).map((kind) => {
    const rows = loaded.events.errors().filter(({ type, act }) => type === kind && act === "raised");
    const here = rows.filter(({ functions }) => functions.some((name) => name === `plant_${kind}`));
    // An import is looked for by Python code, which raises at the end of it.
    return [kind, counted(kind === "ModuleNotFoundError" ? rows : here)];
  });
  expect(found).toEqual(Object.keys(planted).map((kind) => [kind, times]));
  expect(loaded.events.errors().map(({ message }) => message)).toEqual(loaded.events.errors().map(() => undefined));
  await loaded.leave();
});

/** Where C code asks and is answered with no, nobody raised anything. */
const questions = `
class Some: pass
thing = super(Some, Some())
def ask():
    for _ in range(${times}): hasattr(thing, "nope"); getattr(thing, "nope", None)
def end():
    for _ in range(${times}): list(iter(()))
def look():
    for _ in range(${times}): {}.get("nope")
def python_code():
    class Stops:
        def __next__(self): raise StopIteration
        def __iter__(self): return self
    for _ in range(${times}):
        for _ in Stops(): pass
`;

it.each(half(1, everyPython))("$name: what was only asked for", { timeout: 60_000 }, async (python) => {
  const [target, loaded] = await withErrors(python, questions);
  await target.ask("ask(); end(); look(); python_code()\nreply()");
  await stopped(loaded);
  const { events } = loaded;
  const raised = (name: string) => counted(within(events, name));
  expect([raised("end"), raised("look")]).toEqual([0, 0]);
  // A static build may have inlined the clear: then what was asked counts as raised, and that is said.
  const { staticBuild } = await loaded.inspect();
  expect(raised("ask") + counted(within(events, "ask", "cleared"))).toBe(2 * times);
  if (!staticBuild) expect(raised("ask")).toBe(0);
  expect(within(events, "__next__")).toMatchObject([{ type: "StopIteration", count: times }]);
  await loaded.leave();
});

const chains = `
def chain():
    for _ in range(${times}):
        try:
            try: 1 / 0
            except ZeroDivisionError: raise ValueError("while it was handled")
        except ValueError: pass
`;

it.each(half(0, everyPython))("$name: raised while another one was handled", { timeout: 60_000 }, async (python) => {
  const [target, loaded] = await withErrors(python, chains);
  await target.ask("chain()\nreply()");
  await stopped(loaded);
  const rows = within(loaded.events, "chain");
  const sums = (kind: string) => {
    const own = rows.filter(({ type }) => type === kind);
    return [counted(own), own.reduce((sum, { chained }) => sum + chained, 0)];
  };
  expect([sums("ZeroDivisionError"), sums("ValueError")]).toEqual([
    [times, 0],
    [times, times],
  ]);
  await loaded.leave();
});

it.each(half(1, everyPython))(
  "$name: C code that overwrites its own error, in a call and in a thread of its own",
  { timeout: 60_000 },
  async (python) => {
    const probe = importProbe(python);
    if (probe === undefined) return console.info(`left out on ${python.name}: its headers or a compiler are missing`);
    const [target, loaded] = await withErrors(python, `${probe}\ndef call(): probe.overwrite(${times})`, { gil: true });
    await target.ask(`call()\nprobe.overwrite_outside(${times})\nprobe.lists(5)\nreply()`);
    await stopped(loaded);
    const { events } = loaded;
    const lost = within(events, "call", "overwritten");
    expect(lost).toMatchObject([{ type: "ValueError", count: times }]);
    const [, module] = [...loaded.sums.modules].find(([path]) => /\/probe\.[^/]*so$/.test(path)) ?? [];
    expect(lost.every(({ native }) => module !== undefined && native - module.base < BigInt(module.size))).toBe(true);
    expect(
      counted(events.errors().filter(({ act, functions }) => act === "overwritten" && functions.length === 0)),
    ).toBe(times);
    expect(counted(events.errors().filter(({ act, type }) => act === "raised" && type === "ValueError"))).toBe(
      2 * times,
    );
    const calls = ["PyErr_SetString", "PyErr_Format", "PyErr_Occurred", "PyErr_Clear"].map((name) =>
      events.calls("/probe.", name),
    );
    expect(calls).toEqual([4 * times, 2 * times, 2 * times, 4 * times]);
    const ofGil = ["PyGILState_Ensure", "PyGILState_Release", "PyEval_SaveThread", "PyEval_RestoreThread"];
    expect(ofGil.map((name) => events.calls("/probe.", name))).toEqual([2, 2, 2, 2]);
    await loaded.leave();
    await target.ask(`call()\nprobe.overwrite_outside(${times})\nreply()`);
  },
);

const same = `
def one():
    try: probe.same_twice()
    except ValueError: pass
def same():
    for _ in range(${times}): one()
def same_while_handling():
    try: 1 / 0
    except ZeroDivisionError: same()
`;

it.each(half(0, everyPython))("$name: the same type twice", { timeout: 60_000 }, async (python) => {
  const probe = importProbe(python);
  if (probe === undefined) return console.info(`left out on ${python.name}: its headers or a compiler are missing`);
  const [target, loaded] = await withErrors(python, `${probe}\n${same}`);
  await target.ask("same(); same_while_handling()\nreply()");
  await stopped(loaded);
  const counts = ["raised", "overwritten", "cleared"].map((act) => counted(within(loaded.events, "one", act)));
  expect(counts).toEqual([4 * times, 2 * times, 0]);
  await loaded.leave();
});

const spoken = `
def say(): raise ValueError("the words of it")
def look_up(): return {}["a missing key"]
def wide(): raise ValueError("\\u03b1\\u4e00\\U0001f600" * 100)
def number(): raise ValueError(7)
def all_of_them():
    for one in (say, look_up, wide, number):
        try: one()
        except Exception: pass
`;

it.each(half(1, everyPython))("$name: messages when they are asked for", { timeout: 60_000 }, async (python) => {
  const [target, loaded] = await withErrors(python, spoken, { errorMessages: true });
  await target.ask("all_of_them()\nreply()");
  await stopped(loaded);
  const said = (name: string) => within(loaded.events, name).map(({ message }) => message);
  expect([said("say"), said("look_up"), said("number")]).toEqual([["the words of it"], ["a missing key"], [undefined]]);
  expect(said("wide")[0]).toMatch(/^(\u03b1\u4e00\u{1f600})+(\u03b1|\u03b1\u4e00)?$/u);
  await loaded.leave();
});

it.each(half(0, everyPython))("$name: who clears, when details are asked for", { timeout: 60_000 }, async (python) => {
  const probe = importProbe(python);
  if (probe === undefined) return console.info(`left out on ${python.name}: its headers or a compiler are missing`);
  const [target, loaded] = await withErrors(python, `${probe}\ndef call(): probe.overwrite(${times})`, {
    errorDetails: true,
  });
  await target.ask("call()\nreply()");
  await stopped(loaded);
  const told = (act: string) => within(loaded.events, "call", act).map(({ type, count }) => [type, count]);
  expect(told("overwritten")).toEqual([["ValueError", times]]);
  expect(told("cleared")).toEqual([
    ["KeyError", times],
    ["TypeError", times],
  ]);
  expect(told("raised")).toEqual([["ValueError", times]]);
  await loaded.leave();
});
