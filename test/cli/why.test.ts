// In: the real CLI on real processes that hold objects in every way that a program does. Out: the way to each, the cycle, what only C holds.
import { rmSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, afterEach, describe, expect, onTestFinished, test } from "vitest";
import { createEngine } from "../../engine/engine.ts";
import { type WhyDocument, whyDocument } from "../../shared/heap-views.ts";
import { pythonsOf } from "../agent/pythons.ts";
import { endTargets, startTarget } from "../agent/target.ts";
import { value } from "../gateway/value.ts";
import { home, runCli } from "./run-cli.ts";

afterEach(endTargets);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const program = `
import ctypes
class User:
    def __init__(self, name): self.name = name
class Slotted: __slots__ = ("content",)
gc.collect(); gc.disable()
users = [User("in a list") for _ in range(10)]
slotted = Slotted(); slotted.content = User("in a slot")
def closing():
    inside = User("in a cell")
    return lambda: inside
closure = closing()
holder = {"by_key": {"deep": User("in a dict")}}
parent, child = User("parent"), User("child")
parent.child, child.parent = child, parent
lost = User("lost"); lost.me = lost
lost_at = id(lost); del lost
def forget():
    forgotten = User({"content": [1, 2, 3]})
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(forgotten))
    return id(forgotten)
forgotten_at, *_ = [forget() for _ in range(30)]
for _ in range(90): ctypes.pythonapi.Py_IncRef(ctypes.py_object(users[7]))
def waits():
    mine = User("in a frame")
    globals()["frame_at"] = id(mine)
    while True: time.sleep(0.05)
threading.Thread(target=waits, daemon=True).start()
time.sleep(0.2)
reply({"list": id(users[7]), "slot": id(slotted.content), "cell": id(closure()), "dict": id(holder["by_key"]["deep"]), "child": id(child),
  "lost": lost_at, "forgotten": forgotten_at, "frame": frame_at, "count": sys.getrefcount(users[7]) - 1})
`;
const places = v.record(v.string(), v.number());

const edges = (path: WhyDocument["paths"][number] | undefined) =>
  path?.map(({ edge }) => edge).filter((edge) => edge !== ".__dict__");

describe.each(pythonsOf(308, 310, 311, 312, 313, 314))("$name", (python) => {
  test("says who holds an object", { timeout: 120_000 }, async () => {
    const target = await startTarget(python);
    const at = v.parse(places, await target.ask(program));
    const file = join(home, `${target.pid}.refscope`);
    const taken = await runCli(["snapshot", String(target.pid), "--out", file, "--json"]);
    expect([taken.code, taken.talk.split("\n").filter((line) => line.startsWith("refscope: "))]).toEqual([0, []]);
    const engine = createEngine();
    onTestFinished(() => engine.close());
    const why = async (object: string) => value(await engine.call("heap.why", { path: file, object }));
    const of = (place: string) => why(`0x${(at[place] ?? 0).toString(16)}`);

    const listed = await of("list");
    expect(listed.object).toMatchObject({
      type: expect.stringMatching(/User$/),
      count: at["count"],
      state: "reached",
    });
    const { unexplained, words, say } = listed.references;
    expect((unexplained ?? 0) + words).toBe(90);
    expect(say).toContain(`${unexplained} of ${at["count"]} references are held by C`);
    expect(edges(listed.paths[0])).toEqual(["module __main__", '["users"]', "[7]"]);
    expect((await why("type:User")).object.address).toBe(listed.object.address);

    expect(edges((await of("slot")).paths[0])).toEqual(["module __main__", '["slotted"]', ".content"]);
    expect(edges((await of("cell")).paths[0])?.slice(0, 2)).toEqual(["module __main__", '["closure"]']);
    expect(edges((await of("cell")).paths[0])?.at(-1)).toBe("cell contents");
    expect(edges((await of("dict")).paths[0])).toEqual(["module __main__", '["holder"]', '["by_key"]', '["deep"]']);

    const framed = await of("frame");
    expect(edges(framed.paths[0])?.[0]).toMatch(/^waits\(\) in <told>:\d+, thread \d+$/);
    expect(edges(framed.paths[0])?.at(-1)).toBe("local mine");

    const child = await of("child");
    expect(child.cycle?.steps.at(-1)?.address).toBe(child.object.address);
    expect(child.cycle?.say).toMatch(/^It breaks without (?:\.|\[")(?:parent|child)/);

    const lost = await of("lost");
    expect([lost.object.state, lost.object.unexplained, lost.paths]).toEqual(["lost", 0, []]);
    const forgotten = await of("forgotten");
    expect([forgotten.object.state, forgotten.object.unexplained]).toEqual(["held", 1]);
    expect(forgotten.object.retained).toBeGreaterThan(forgotten.object.size);

    const said = await runCli(["why", file, listed.object.address, "--json"]);
    expect(v.parse(whyDocument, JSON.parse(said.out))).toEqual(listed);
    const text = await runCli(["why", file, listed.object.address]);
    expect(text.out).toMatch(/^User at 0x[0-9a-f]+\n|^__main__\.User at 0x[0-9a-f]+\n/);
    expect((await runCli(["why", file, "0x1"])).talk).toMatch(/^refscope: no-such-object: /);
    expect((await runCli(["why", file, "type:User", "--snapshot", "99"])).talk).toMatch(/^refscope: no-snapshot: /);
  });
});
