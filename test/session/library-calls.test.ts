// The library's calls at a door that strangers can reach: real recordings in; copies whose names the engine chooses, and nothing elsewhere, out.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createEngine, type Engine } from "../../engine/engine.ts";
import { Library } from "../../engine/session/library.ts";
import { mostPart } from "../../shared/library.ts";
import { type RpcName, type RpcParams, rpcContract } from "../../shared/rpc-contract.ts";
import { failureOf, value } from "../gateway/value.ts";

const golden = join(import.meta.dirname, "../golden/format-2.refscope");
let home = "";
let folder = "";
let engine: Engine;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "refscope-library-"));
  folder = join(home, "recordings");
  mkdirSync(folder);
  engine = createEngine(new Library(folder));
});
afterEach(async () => {
  await engine.close();
  rmSync(home, { recursive: true, force: true });
});

async function answer<N extends RpcName>(name: N, params: RpcParams<N>) {
  const result = value(await engine.guarded.call(name, params));
  expect(v.safeParse(rpcContract[name].result, result).issues).toBeUndefined();
  return result;
}
function ours(name: string): string {
  const path = join(folder, `${name}.refscope`);
  writeFileSync(path, readFileSync(golden), { mode: 0o600 });
  return path;
}
async function bring(name: string, bytes = readFileSync(golden)): Promise<string> {
  const { id } = await answer("library.receive", { name, bytes: bytes.length });
  for (let at = 0; at < bytes.length; at += mostPart)
    await answer("library.part", { id, at, data: bytes.subarray(at, at + mostPart).toString("base64") });
  return (await answer("library.received", { id })).path;
}

it("redacts, salvages and offers a recording of ours", async () => {
  const path = ours("a");
  const preview = await answer("recording.redact", { path, level: "minimal", write: false });
  expect(preview).toMatchObject({ out: null, bytes: null });
  expect(preview.kinds.reduce((sum, { of }) => sum + of, 0)).toBe(preview.of);
  expect(readdirSync(folder)).toEqual(["a.refscope"]);
  const { out } = await answer("recording.redact", { path, level: "minimal", write: true });
  expect(out).toBe(join(folder, "a-minimal.refscope"));
  expect((await answer("recording.salvage", { path })).out).toBe(join(folder, "a-salvaged.refscope"));
  const offered = await answer("library.offer", { path });
  expect(offered).toMatchObject({ name: "a.refscope", bytes: readFileSync(path).length });
  expect(engine.offered(offered.ticket)?.path).toBe(path);
  expect(engine.offered(offered.ticket)).toBeUndefined();
  expect((await answer("recording.markdown", { path, of: "report" })).startsWith("# Refscope report")).toBe(true);
  expect(await answer("recording.markdown", { path, of: "verdict", level: "standard" })).toContain("#");
});

it("what came from elsewhere, and what is made of it, stays a stranger's", async () => {
  const path = await bring("from a colleague.refscope");
  expect(path).toBe(join(folder, "received", "from-a-colleague.refscope"));
  const { out } = await answer("recording.redact", { path, level: "standard", write: true });
  expect(out).toBe(join(folder, "received", "from-a-colleague-redacted.refscope"));
  const { sessions } = await answer("sessions.list", {});
  expect(sessions).toHaveLength(2);
  for (const row of sessions) expect(row).toMatchObject({ foreign: true, status: "closed", python: "3.11.7" });
  expect((await answer("recording.markdown", { path, of: "report", level: "minimal" })).startsWith("# ")).toBe(true);
  const removed = await answer("library.remove", { path });
  expect((await answer("sessions.list", {})).sessions).toHaveLength(1);
  expect((await answer("library.restore", { id: removed.id })).path).toBe(path);
  expect((await answer("sessions.list", {})).sessions).toMatchObject([{ foreign: true }, { foreign: true }]);
});

it("a file elsewhere is neither read, copied, given nor changed; one that the user opened is read, and not changed", async () => {
  const path = join(home, "elsewhere.refscope");
  copyFileSync(golden, path);
  const tried = () =>
    Promise.all([
      engine.guarded.call("recording.redact", { path, level: "standard", write: true }),
      engine.guarded.call("recording.salvage", { path }),
      engine.guarded.call("recording.markdown", { path, of: "report" }),
      engine.guarded.call("library.offer", { path }),
      engine.guarded.call("library.remove", { path }),
      engine.guarded.call("library.rename", { path, name: "mine" }),
      engine.guarded.call("library.tag", { path, tags: ["x"] }),
    ]);
  for (const result of await tried()) expect(failureOf(result).code).toBe("no-recording");
  value(await engine.call("recording.types", { path, limit: 1 }));
  expect((await tried()).map(({ ok }) => ok)).toEqual([true, true, true, true, false, false, false]);
  expect(existsSync(path)).toBe(true);
  expect(readdirSync(home).toSorted()).toEqual(["elsewhere.refscope", "recordings"]);
});
