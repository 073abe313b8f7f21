// In: the scripts of this checkout. Out: a small checkout of its own in a temporary folder, with every stamp fresh, whose
// CLI prints what it was given. Nothing in it leads back to our node_modules but the pinned Node.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import { nodeModules } from "../../scripts/setup/node-modules.mjs";
import { pythonVenv } from "../../scripts/setup/python.mjs";
import { writeStamp } from "../../scripts/setup/stamp.mjs";

export const home = resolve(import.meta.dirname, "../..");

/** Nothing on PATH, and no network: a step that needs either fails at once. */
export const bare = {
  PATH: "",
  HOME: "/nonexistent",
  REFSCOPE_GATEWAY: "bridge",
  npm_config_offline: "true",
  http_proxy: "http://127.0.0.1:9",
  https_proxy: "http://127.0.0.1:9",
};

export function put(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export function folder(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), "refscope-checkout-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  put(root, files);
  return root;
}

export function checkout(files: Readonly<Record<string, string>> = {}): string {
  const root = folder();
  for (const name of ["refscope", "scripts", "package.json", "package-lock.json", "requirements.txt"]) {
    cpSync(join(home, name), join(root, name), { recursive: true });
  }
  const pinned = `node_modules/node-${process.platform}-${process.arch}/bin/node`;
  put(root, {
    "cli/main.ts": "console.log(JSON.stringify({ words: process.argv.slice(2), pid: process.pid }));",
    "node_modules/.package-lock.json": "{}",
    ".venv/bin/python": "",
    ...files,
  });
  mkdirSync(dirname(join(root, pinned)), { recursive: true });
  symlinkSync(join(home, pinned), join(root, pinned));
  mkdirSync(join(root, ".setup"));
  for (const step of [nodeModules, pythonVenv]) writeStamp(root, step.name, step.fingerprint(root));
  return root;
}

export function refscope(root: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const ended = spawnSync(join(root, "refscope"), words, { encoding: "utf8", env: { ...bare, ...env } });
  return { pid: ended.pid, exit: ended.status, out: ended.stdout, err: ended.stderr };
}
