// In: checkouts in good and bad states. Out: proof that a warm start does nothing, a stale one does its step, and that what is
// missing on the machine is one line with its fix.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { agentBundle } from "../../scripts/setup/bundles.mjs";
import { nativeCore } from "../../scripts/setup/core.mjs";
import { spaceFailure } from "../../scripts/setup/disk.mjs";
import { isFresh, writeStamp } from "../../scripts/setup/stamp.mjs";
import { bare, checkout, home, put, refscope } from "./checkout.ts";

test("a warm start needs no PATH and no network, says nothing, and is the CLI's own process", () => {
  const { pid, exit, out, err } = refscope(checkout(), ["record", "12", "--for", "5 s"]);
  expect(JSON.parse(out)).toEqual({ words: ["record", "12", "--for", "5 s"], pid });
  expect({ exit, err }).toEqual({ exit: 0, err: "" });
});

test("it is found through a link, from another folder", () => {
  const root = checkout();
  const link = join(root, "cli/link");
  spawnSync("ln", ["-s", "../refscope", link]);
  const ended = spawnSync(link, ["ps"], { encoding: "utf8", cwd: "/", env: { ...bare, PATH: process.env.PATH } });
  expect(JSON.parse(ended.stdout).words).toEqual(["ps"]);
});

test("the CLI's exit code and signal come through", async () => {
  expect(refscope(checkout({ "cli/main.ts": "process.exit(5)" }), []).exit).toBe(5);
  const root = checkout({
    "cli/main.ts": 'process.on("SIGTERM", () => process.exit(143)); setInterval(() => {}, 9e4); console.log("up")',
  });
  const running = spawn(join(root, "refscope"), [], { env: bare, stdio: ["ignore", "pipe", "inherit"] });
  await once(running.stdout, "data");
  running.kill("SIGTERM");
  expect(await once(running, "exit")).toEqual([143, null]);
});

test("setup alone does not start the CLI", () => {
  expect(refscope(checkout(), ["setup"])).toMatchObject({ exit: 0, out: "", err: "" });
});

test("a changed lockfile is installed again, and a machine without npm says so", () => {
  const root = checkout();
  appendFileSync(join(root, "package-lock.json"), "\n");
  const { exit, out, err } = refscope(root, ["ps"]);
  expect(err).toMatch(/^refscope: npm-missing: .*\. Install npm/m);
  expect({ exit, out }).toEqual({ exit: 70, out: "" });
  expect(existsSync(join(root, ".setup/lock"))).toBe(false);
});

test("a changed script in package.json costs no install, a changed dependency does", () => {
  const root = checkout();
  const text = readFileSync(join(root, "package.json"), "utf8");
  put(root, { "package.json": text.replace('"bench": "', '"bench": "echo ') });
  expect(refscope(root, ["ps"]).exit).toBe(0);
  put(root, { "package.json": text.replace('"ws": "', '"ws": "9') });
  expect(refscope(root, ["ps"]).err).toContain("npm-missing");
});

test("a registry out of reach is one line with the fix", () => {
  const root = checkout();
  rmSync(join(root, ".setup/node-modules"));
  const { exit, err } = refscope(root, ["ps"], {
    PATH: process.env.PATH ?? "",
    npm_config_cache: join(root, "cache"),
    npm_config_fetch_retries: "0",
  });
  expect(err).toMatch(/^refscope: npm-failed: npm ci failed: .*\. Check that the npm registry can be reached/m);
  expect(exit).toBe(70);
});

test("no Python is one line with the fix", () => {
  const root = checkout();
  rmSync(join(root, ".venv"), { recursive: true });
  const { exit, err } = refscope(root, ["ps"]);
  expect(err).toMatch(
    /^refscope: python-missing: .*venv.*\. Install python3 and python3-venv .*REFSCOPE_PYTHON to one\.$/m,
  );
  expect(exit).toBe(70);
});

test("no Node is one line with the fix", () => {
  const root = checkout();
  rmSync(join(root, "node_modules"), { recursive: true });
  const { exit, err } = refscope(root, ["ps"]);
  expect(err).toMatch(/^refscope: node-missing: .*\. Install Node\.js 18 or newer/);
  expect(exit).toBe(70);
});

test("no compiler and no wheel is one line with the fix", () => {
  const root = checkout({ "agent/native/core.c": "int refscope_entry(void);\n" });
  const { exit, err } = refscope(root, ["ps"]);
  expect(err).toMatch(/^refscope: compiler-missing: no C compiler was found.*\. Install a C compiler/m);
  expect(exit).toBe(70);
});

test("a core the compiler refuses is named by its first error", () => {
  const root = checkout({ "agent/native/core.c": "int unused(int a) { return b; }\n" });
  const { exit, err } = refscope(root, ["ps"], { PATH: "/usr/bin:/bin" });
  expect(err).toMatch(/^refscope: core-build-failed: .*core\.c:1.*error:/m);
  expect(exit).toBe(70);
});

test("a core is built once, and again when a header changes", () => {
  const root = checkout({
    "agent/native/core.c":
      '#include "core.h"\n__attribute__((visibility("default"))) int refscope_entry(void) { return WORD; }\n',
    "agent/native/core.h": "#define WORD 1\n",
  });
  const path = { PATH: "/usr/bin:/bin" };
  expect(refscope(root, ["ps"], path).err).toMatch(/^refscope: C core built for \w+ by cc/);
  expect(refscope(root, ["ps"], path).err).toBe("");
  put(root, { "agent/native/core.h": "#define WORD 2\n" });
  expect(refscope(root, ["ps"], path).err).toContain("C core built");
  rmSync(join(root, ".build"), { recursive: true });
  expect(refscope(root, ["ps"], path).err).toContain("C core built");
  expect(isFresh(root, nativeCore)).toBe(true);
});

test("the agent is stale after a change in shared/, not after one in a test or the C core", () => {
  const root = checkout({ "agent/main.ts": "", "shared/a.ts": "", ".build/agent.js": "" });
  writeStamp(root, "agent", agentBundle.fingerprint(root));
  put(root, { "agent/main.test.ts": "1", "agent/native/core.c": "int a;" });
  expect(isFresh(root, agentBundle)).toBe(true);
  put(root, { "shared/a.ts": "1" });
  expect(isFresh(root, agentBundle)).toBe(false);
});

test("too little disk is exit 8, enough is nothing", () => {
  expect(spaceFailure(2e9)).toBeUndefined();
  expect(spaceFailure(3e8)).toMatchObject({
    code: "disk-full",
    exit: 8,
    message: expect.stringContaining("300 MB are free"),
  });
});

test("the lockfile names no host", () => {
  const lock = JSON.parse(readFileSync(join(home, "package-lock.json"), "utf8"));
  const hosts = Object.values(lock.packages).filter((one) => JSON.stringify(one).includes('"resolved"'));
  expect(hosts).toEqual([]);
});
