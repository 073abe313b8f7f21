// A CPython that says a version nobody has measured: the agent refuses before it changes anything, and the process goes on.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { readElf } from "../../engine/elf/elf.ts";
import type { Gateway } from "../../engine/gateway/gateway.ts";
import { openGateway } from "../../engine/gateway/open-gateway.ts";
import { value } from "../gateway/value.ts";
import { pythonsOf } from "./pythons.ts";
import { load } from "./recorded.ts";
import { coresIn, endTargets, startTarget } from "./target.ts";

const folder = mkdtempSync(join(tmpdir(), "refscope-refusal-"));
let gateway: Gateway;
beforeAll(async () => {
  gateway = value(await openGateway());
});
afterEach(endTargets);
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A copy of its libpython that says another version; preloaded, it is the one that runs. Undefined for a static build. */
function sayingVersion(python: string, version: number): string | undefined {
  const lib = join(dirname(python), "../lib");
  const name = execFileSync("sh", ["-c", `cd ${lib} && ls libpython3.*.so.1.0 || true`], { encoding: "utf8" }).trim();
  if (name === "") return undefined;
  const path = join(folder, name);
  copyFileSync(join(lib, name), path);
  const elf = value(readElf(path));
  const address = elf.exported(["Py_Version"]).get("Py_Version")?.address ?? 0;
  const section = elf.sections.find((one) => address >= one.address && address < one.address + one.size);
  elf.close();
  const bytes = readFileSync(path);
  bytes.writeUInt32LE(version, (section?.offset ?? 0) + address - (section?.address ?? 0));
  writeFileSync(path, bytes);
  return path;
}

it.each([
  ["one that is to come", 313, 0x03630000, "unknown-version"],
  ["another one that is known", 313, 0x030e0000, "unknown-version"],
  ["an older one, whose structures differ", 313, 0x030c01f0, "layout-mismatch"],
])("is refused: %s", { timeout: 60_000 }, async (_what, version, said, code) => {
  const [python] = pythonsOf(version);
  const library = python && sayingVersion(python.start[0], said);
  if (python === undefined || library === undefined) return console.info(`left out: no shared libpython of ${version}`);
  const target = await startTarget(python, { env: { LD_PRELOAD: library } });
  const loaded = await load(gateway, target.pid);
  expect((await loaded.inspect()).versionHex).toBe(said);
  expect(await loaded.arm({ frames: 1 })).toMatchObject({ kind: "refused", code });
  expect(coresIn(target.pid)).toBe(0);
  await loaded.leave();
  expect(await target.ask("reply(sum(len([i]) for i in range(1000)))")).toBe(1000);
});
