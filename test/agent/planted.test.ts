// 10,000 objects of each kind that stay, among as many that come and go, on every CPython here: each is counted once, at its line and with its type.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { value } from "../gateway/value.ts";
import { stopped } from "./checks.ts";
import { everyPython, type Python } from "./pythons.ts";
import { load } from "./recorded.ts";
import type { Sums } from "./sums.ts";
import { endTargets, startTarget } from "./target.ts";

const program = readFileSync(join(import.meta.dirname, "planted.py"), "utf8");
const planted = 10_000;
/** Freed objects that wait on a free list and keep their block: the longest list there is (PyTuple_MAXFREELIST). */
const spare = 2000;
const withFreeLists = ["list", "dict", "tuple", "float", "method", "int", "slice", "set", "complex"];
const others = ["str", "bytes", "bytearray", "function", "object", "Slim", "Rich", "ValueError"];

let gateway: Gateway;
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(endTargets);
afterAll(() => gateway.close());

/** What is not as it should be, by kind: "list: made 9,999". */
function misses(sums: Sums, python: Python, gone: number): readonly string[] {
  return [...withFreeLists, ...others].flatMap((kind) => {
    const late = python.version <= 312 && withFreeLists.includes(kind) ? spare : 0;
    const unseen = python.inferred ? late : 0;
    const between = (name: string, found: number, wanted: number, less: number) =>
      found > wanted || found < wanted - less ? [`${kind}: ${name} ${found}, not ${wanted}`] : [];
    const stay = sums.objects(kind, `plant_${kind}`);
    const pass = sums.objects(kind, `churn_${kind}`);
    return [
      ...between("planted", stay.allocations, planted, unseen),
      ...between("freed of the planted", stay.frees, gone, late),
      ...between("churned", pass.allocations, planted, python.inferred && late > 0 ? planted : 0),
      ...between("freed of the churned", pass.frees, pass.allocations, late),
    ];
  });
}

describe.each(everyPython)("$name", (python) => {
  it.each([1, 16])("counts what stays exactly, with %i frames", { timeout: 60_000 }, async (frames) => {
    const target = await startTarget(python);
    // Where nothing tells of reuse, an object that takes the block of one just gone is not told from it.
    const plant = `plant_all(${python.inferred ? "False" : "True"})\nreply()`;
    await target.ask(`${program}\nprime_all()\nreply()`);
    const loaded = await load(gateway, target.pid);
    expect(await loaded.arm({ frames, nativeMemory: true })).toMatchObject({ kind: "armed" });
    await target.ask(plant);
    await target.ask("gc.collect()\nreply()");
    await target.ask("drop_half()\nreply()");
    await stopped(loaded);
    expect(misses(loaded.sums, python, planted / 2)).toEqual([]);
    await loaded.leave();
    await target.ask(plant);
  });
});
