// This machine in, the CPythons that the agent is tested on out: pyenv's, Debian's stripped static one, and those of a newer Debian
// in a root directory of its own (REFSCOPE_SID_ROOT, else /opt/sid), which run by chroot. Next: target.ts starts them.
import { existsSync, globSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export interface Python {
  readonly name: string;
  /** 3.8 is 308. */
  readonly version: number;
  /** A program and the words before Python's own. */
  readonly start: readonly [string, ...string[]];
  readonly debug: boolean;
  /** No event tells every creation there. */
  readonly inferred: boolean;
}

const number = (text: string): number => {
  const [major = 0, minor = 0] = text.split(".").map(Number);
  return major * 100 + minor;
};

function fromPyenv(): readonly Python[] {
  const versions = join(process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv"), "versions");
  return globSync(join(versions, "3.*", "bin", "python"))
    .map((path) => ({ path, name: /versions\/(3\.\d+)/.exec(path)?.[1] ?? "" }))
    .filter(({ name }) => number(name) >= 308)
    .map(({ path, name }) => ({
      name,
      version: number(name),
      start: [path],
      debug: false,
      inferred: number(name) === 308,
    }));
}

function fromDebian(): readonly Python[] {
  const path = "/usr/bin/python3.11";
  if (!existsSync(path)) return [];
  return [{ name: "Debian's 3.11", version: 311, start: [path], debug: false, inferred: true }];
}

function fromSid(): readonly Python[] {
  const root = process.env["REFSCOPE_SID_ROOT"] ?? "/opt/sid";
  if (process.getuid?.() !== 0 || !existsSync(join(root, "proc/self"))) return [];
  return globSync(join(root, "usr/bin/python3.*"))
    .map((path) => /python(3\.\d+)(-dbg)?$/.exec(path))
    .filter((found) => found !== null && number(found[1] ?? "") >= 313)
    .map((found) => ({
      name: `sid's ${found?.[1]}${found?.[2] ?? ""}`,
      version: number(found?.[1] ?? ""),
      start: ["chroot", root, `/usr/bin/${found?.[0]}`],
      debug: found?.[2] !== undefined,
      inferred: false,
    }));
}

/** Oldest first. */
export const everyPython: readonly Python[] = [...fromPyenv(), ...fromDebian(), ...fromSid()].toSorted(
  (a, b) => a.version - b.version,
);

/**
 * Every second one, from the first or from the second on: for what takes seconds on each. Tests of one file take both halves by turns,
 * so that each CPython is met. All of them where REFSCOPE_EVERY_PYTHON is set.
 */
export const half = <T>(first: 0 | 1, of: readonly T[]): readonly T[] =>
  of.filter((_, at) => at % 2 === first || process.env["REFSCOPE_EVERY_PYTHON"] !== undefined);

/** Of these versions, what is here; what is not is said. */
export function pythonsOf(...versions: readonly number[]): readonly Python[] {
  const here = everyPython.filter(({ version, name }) => versions.includes(version) && /^3/.test(name));
  const missing = versions.filter((version) => !here.some((python) => python.version === version));
  if (missing.length > 0) console.info(`left out, for they are not installed: CPython ${missing.join(", ")}`);
  return here;
}
