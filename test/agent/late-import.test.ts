// Programs that import extensions with libraries of their own while Frida is in them in; they go on, and are recorded. dlsym on a library
// that was loaded for another one's sake ended such a target in the dynamic linker.
import { crc32 } from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { value } from "../gateway/value.ts";
import { everyPython } from "./pythons.ts";
import { load } from "./recorded.ts";
import { endTargets, startTarget } from "./target.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(endTargets);
afterAll(() => gateway.close());

const everything = { lifecycle: true, nativeMemory: true, gil: true, errors: true };

it.each(everyPython)("$name imports before and after arming", { timeout: 60_000 }, async (python) => {
  const target = await startTarget(python);
  const loaded = await load(gateway, target.pid);
  await loaded.inspect();
  expect(await target.ask("import ctypes\nreply(ctypes.sizeof(ctypes.c_long))")).toBe(8);
  expect(await loaded.arm(everything)).toMatchObject({ kind: "armed" });
  expect(await target.ask("import ssl, zlib\nreply(zlib.crc32(b'late'))")).toBe(crc32("late"));
  await loaded.disarm();
  await loaded.leave();
  expect(target.alive()).toBe(true);
});
