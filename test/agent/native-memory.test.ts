// An extension that takes known numbers of blocks from malloc and its family in; each is counted, with its bytes, at an address inside it.
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { value } from "../gateway/value.ts";
import { stopped } from "./checks.ts";
import { pointersIntoCore } from "./pointers.ts";
import { importProbe, removeProbes } from "./probe.ts";
import { pythonsOf } from "./pythons.ts";
import { load } from "./recorded.ts";
import type { Row, Sums } from "./sums.ts";
import { endTargets, startTarget } from "./target.ts";

const times = 1000;
let gateway: Gateway;
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(endTargets);
afterAll(async () => {
  await gateway.close();
  removeProbes();
});

/** Whether the return address of a place in C lies in the extension. */
function inProbe(sums: Sums): (row: Row) => boolean {
  const [, module] = [...sums.modules].find(([path]) => /\/probe\.[^/]*so$/.test(path)) ?? [];
  if (module === undefined) throw new Error("the extension is not among the modules");
  return ({ native }) => native >= module.base && native < module.base + BigInt(module.size);
}

/** Calls of this kind have bytes of their own, by which they are told apart. */
const expected = {
  allocations: times + times / 2 + times + times,
  frees: times,
  allocatedBytes: times * 24 + (times / 2) * 100 + times * 16 + times * 13,
  freedBytes: times * 24,
};

it.each(pythonsOf(308, 311, 312, 313))("on $name", { timeout: 60_000 }, async (python) => {
  const probe = importProbe(python);
  if (probe === undefined) return console.info(`left out on ${python.name}: its headers or a compiler are missing`);
  const target = await startTarget(python);
  await target.ask(`${probe}\ndef call(): probe.memory(${times})\nreply()`);
  const loaded = await load(gateway, target.pid);
  expect(await loaded.arm({ nativeMemory: true })).toMatchObject({ kind: "armed" });
  await target.ask("call()\nreply()");
  await stopped(loaded);
  const native = loaded.sums.rows().filter((row) => row.domain === "native" && row.functions[0] === "call");
  expect(loaded.sums.of((row) => native.some((one) => one.native === row.native))).toEqual(expected);
  expect(native.every(inProbe(loaded.sums))).toBe(true);
  expect(native.map((row) => row.type)).toEqual(native.map(() => undefined));
  expect(native).toHaveLength(4);
  await loaded.leave();
  expect(pointersIntoCore(target.pid)).toBe(0);
  await target.ask("call()\nreply()");
});

it("leaves them alone when it is not asked for", { timeout: 60_000 }, async (context) => {
  const [python] = pythonsOf(313);
  const probe = python && importProbe(python);
  if (python === undefined || probe === undefined) return context.skip("no CPython 3.13 with headers");
  const target = await startTarget(python);
  await target.ask(`${probe}\nreply()`);
  const loaded = await load(gateway, target.pid);
  expect(await loaded.arm({ nativeMemory: false })).toMatchObject({ kind: "armed", patchedModules: 0 });
  await target.ask(`probe.memory(${times})\nreply()`);
  await stopped(loaded);
  expect(loaded.sums.of((row) => row.domain === "native").allocations).toBe(0);
  await loaded.leave();
});
