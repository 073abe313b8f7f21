// The façade on a real process whose heap changes between snapshots: what is new, gone and still there, what grows unexplained, sets and trees.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { recordedSnapshots } from "../../engine/analysis/heap/recorded-snapshots.ts";
import { residueOf } from "../../engine/analysis/heap/residue.ts";
import { unexplainedGrowth } from "../../engine/analysis/heap/unexplained-growth.ts";
import { createEngine, type Engine } from "../../engine/engine.ts";
import { Library } from "../../engine/session/library.ts";
import { type RpcName, type RpcParams, rpcContract } from "../../shared/rpc-contract.ts";
import { pythonsOf } from "../agent/pythons.ts";
import { endTargets, startTarget } from "../agent/target.ts";
import { value } from "../gateway/value.ts";

let home = "";
let engine: Engine;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "refscope-heap-"));
  engine = createEngine(new Library(home));
});
afterEach(async () => {
  await engine.close();
  await endTargets();
  rmSync(home, { recursive: true, force: true });
});

/** The answer, after its schema has said that it is one. */
async function answer<N extends RpcName>(name: N, params: RpcParams<N>) {
  const result = value(await engine.guarded.call(name, params));
  expect(v.safeParse(rpcContract[name].result, result).issues).toBeUndefined();
  return result;
}

const program = `
import ctypes
class Early: pass
class Late: pass
class Stays: pass
stays = [Stays() for _ in range(100)]
early = [Early() for _ in range(300)]
counted = ["counted"]
def step(n):
    for _ in range(n): ctypes.pythonapi.Py_IncRef(ctypes.py_object(counted))
    for _ in range(n):
        forgotten = bytearray(40)
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(forgotten))
step(1000)
reply(id(counted))
`;

describe.each(pythonsOf(308, 311, 313))("$name", (python) => {
  test("two snapshots differ, three tell growth", { timeout: 120_000 }, async () => {
    const target = await startTarget(python);
    const counted = Number(await target.ask(program));
    const { path } = await answer("recording.start", { pid: target.pid, frames: 4 });
    const take = async (between: string) => {
      await target.ask(`${between}; reply()`);
      return (await answer("heap.take", { path })).id;
    };
    const first = await take("step(1000)");
    const second = await take("early.clear(); late = [Late() for _ in range(200)]; step(1000)");
    const third = await take("step(1000)");
    await answer("recording.stop", { path });

    const { rows } = await answer("heap.compare", { path, a: first, b: second, limit: 10_000 });
    const counts = (name: string) => {
      const row = rows.find(({ type }) => type.endsWith(name));
      return row && [row.new.objects, row.dead.objects, row.survived.objects, row.delta.objects];
    };
    expect([counts("Stays"), counts("Early"), counts("Late")]).toEqual([
      [0, 0, 100, 0],
      [0, 300, 0, -300],
      [200, 0, 0, 200],
    ]);
    const late = rows.find(({ type }) => type.endsWith("Late"))?.type ?? "";
    const born = await answer("heap.objects", { path, id: second, against: first, set: "new", type: late });
    expect([born.of, born.rows.length, born.rows[0]?.site?.[0]?.file]).toEqual([200, 100, "<told>"]);

    const graphs = [first, second, third].map((id) => value(recordedSnapshots.load(path, id)).analysis.graph);
    const { objects, types } = unexplainedGrowth(graphs.map(residueOf));
    const [worst] = objects;
    expect([worst?.address, worst?.type, worst?.steps]).toEqual([counted, "list", [2000, 3000, 4000]]);
    const forgotten = types.find(({ type }) => type === "bytearray");
    expect(forgotten?.kind).toBe("held");
    // Some of them are led to by words that a stack, or freed memory, left behind.
    for (const [at, count] of (forgotten?.steps ?? []).entries())
      expect(Math.abs(count - 1000 * (at + 2))).toBeLessThan(200);

    const top = await answer("heap.dominators", { path, limit: 5 });
    expect(top.rows.map(({ retained }) => retained)).toEqual(
      top.rows.map(({ retained }) => retained).sort((a, b) => b - a),
    );
    const below = await answer("heap.dominators", { path, node: top.rows[0]?.address ?? "0x0" });
    expect([below.of, below.chain.length]).toEqual([top.rows[0]?.objects, 1]);
    const typed = await answer("heap.types", { path, limit: 10_000 });
    expect(typed.rows.reduce((sum, { count }) => sum + count, 0)).toBe(typed.objects);
  });
});
