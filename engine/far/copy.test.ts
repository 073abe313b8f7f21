// An agent that says what it likes in; a folder that looks like one of /proc out, and nothing written beside it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fail, ok } from "../../shared/failures.ts";
import { farCalls, farPieceBytes } from "../../shared/far-protocol.ts";
import { pid } from "../../shared/units.ts";
import type { GatewayScript } from "../gateway/gateway.ts";
import { copyProcess } from "./copy.ts";
import { FarProcess } from "./far-process.ts";

let outer: string;
let folder: string;
beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), "refscope-copy-"));
  folder = join(outer, "7");
});
afterEach(() => rmSync(outer, { recursive: true, force: true }));

type Files = Readonly<Record<string, string | Uint8Array>>;
const row = (at: number, path: string) => `${at}000-${at + 1}000 r-xp 00000000 08:01 ${at} ${path}`;
const mapsOf = (...paths: readonly string[]) => paths.map((path, at) => row(at + 1, path)).join("\n");
const plain: Files = {
  "/proc/self/status": "Name:\tpython3\nTgid:\t1\nTracerPid:\t9\nVmRSS:\t 100 kB\nThreads:\t2\n",
  "/proc/self/stat": "1 (python3) S 0",
  "/proc/self/comm": "python3\n",
  "/proc/self/cmdline": "python3\0app.py\0",
};

function farWith(files: Files): FarProcess {
  const script: GatewayScript = {
    async call(method, [path, offset]) {
      if (method !== farCalls.piece) return fail("bug", { what: method });
      const bytes = Buffer.from(files[String(path)] ?? "");
      const part = bytes.subarray(Number(offset), Number(offset) + farPieceBytes);
      return ok({ value: { readable: String(path) in files }, bytes: part });
    },
    post: () => undefined,
    unload: async () => undefined,
  };
  return new FarProcess(pid(7), script);
}
const around = (executable: string | null) => ({
  ...{ pid: 1, boot: "b", executable, remoteDebugDisabled: true },
  namespaces: { mnt: "mnt:[1]", pid: "pid:[2]", user: null },
});
const copied = (files: Files, executable: string | null = "/usr/bin/python3") =>
  copyProcess(farWith({ ...plain, ...files }), around(executable), folder);
const text = (name: string) => readFileSync(join(folder, name), "utf8");

test("what preflight reads is there: status as seen from outside, links, the files that are mapped", async () => {
  const big = new Uint8Array(farPieceBytes + 5).fill(1);
  const maps = mapsOf("/srv/shop/fast.so", "/usr/bin/python3", "/memfd:refscope-core (deleted)");
  const there = { "/usr/bin/python3": big, "/srv/shop/fast.so": "so", "/srv/shop/__init__.py": "secret = 1" };
  expect(await copied({ "/proc/self/maps": maps, ...there })).toEqual({ ok: true, value: [] });
  expect(text("status")).toBe("Name:\tpython3\nTgid:\t7\nTracerPid:\t0\nThreads:\t2\n");
  expect(readlinkSync(join(folder, "exe"))).toBe(join(folder, "root/usr/bin/python3"));
  expect(readFileSync(join(folder, "exe"))).toHaveLength(big.length);
  expect(readlinkSync(join(folder, "ns/pid"))).toBe("pid:[2]");
  expect(text("map_files/1000-2000")).toBe("so");
  expect(text("root/srv/shop/__init__.py")).toBe("");
  expect(text("environ")).toBe("PYTHON_DISABLE_REMOTE_DEBUG=1\0");
});

test("names that lead out of the folder, or contradict each other, are left out", async () => {
  const names = ["/../../out", "/a/../../../out", "/a", "/a/b", "/"];
  const files = Object.fromEntries(names.map((name) => [name, "x"]));
  const told = await copied({ "/proc/self/maps": mapsOf(...names), ...files }, "/../../../exe");
  expect(told).toEqual({ ok: true, value: ["/../../out", "/a/../../../out", "/a/b", "/"] });
  expect(readdirSync(outer)).toEqual(["7"]);
  expect(existsSync(join(folder, "exe"))).toBe(false);
  expect(readdirSync(join(folder, "root"))).toEqual(["a"]);
});

test("a file that another has replaced is not taken for the one that runs", async () => {
  const maps = row(1, "/opt/python3 (deleted)");
  const told = await copied({ "/proc/self/maps": maps, "/opt/python3": "another" }, "/opt/python3");
  expect(told).toEqual({ ok: true, value: ["/opt/python3"] });
});

test("without its maps nothing is known of it", async () => {
  expect(await copied({})).toMatchObject({ ok: false, failure: { code: "device-unread" } });
});
