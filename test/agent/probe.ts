// A Python in, its own build of probe.c out. Used by the tests of this folder that need C.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Python } from "./pythons.ts";

const folder = mkdtempSync(join(tmpdir(), "refscope-probe-"));
export const removeProbes = (): void => rmSync(folder, { recursive: true, force: true });
process.once("exit", removeProbes);

/** Python words that make `probe` importable; undefined when it cannot be built for this Python here. */
export function importProbe(python: Python): string | undefined {
  const [program, ...more] = python.start;
  if (more.length > 0) return undefined;
  const ask = "import sysconfig; print(sysconfig.get_path('include')); print(sysconfig.get_config_var('EXT_SUFFIX'))";
  const [headers = "", suffix = ""] = execFileSync(program, ["-c", ask], { encoding: "utf8" }).trim().split("\n");
  if (!existsSync(join(headers, "Python.h"))) return undefined;
  const source = join(import.meta.dirname, "probe.c");
  const words = [
    "-shared",
    "-fPIC",
    "-O0",
    "-fno-builtin",
    "-I",
    headers,
    source,
    "-o",
    join(folder, `probe${suffix}`),
  ];
  return spawnSync("cc", words).status === 0
    ? `sys.path.insert(0, ${JSON.stringify(folder)})\nimport probe\n`
    : undefined;
}
