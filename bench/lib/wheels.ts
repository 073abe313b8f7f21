// In: an interpreter and the name of a package. Out: a Python of the same version that has it, in a venv of its own under .cache, or why
// there is none. It comes from the package index as any wheel does. Next: memray.ts, contention.ts.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Interpreter } from "../../test/examples/pythons.ts";
import { home } from "./recording.ts";

export type Wheel =
  | { readonly kind: "here"; readonly python: string }
  | { readonly kind: "none"; readonly why: string };

const lastLine = (text: string) => text.trim().split("\n").at(-1)?.slice(0, 200) ?? "";

function run(program: string, ...words: readonly string[]): { readonly ok: boolean; readonly said: string } {
  const ended = spawnSync(program, words, { encoding: "utf8", timeout: 300_000 });
  return {
    ok: ended.status === 0,
    said: lastLine(`${ended.stdout ?? ""}\n${ended.stderr ?? ended.error?.message ?? ""}`),
  };
}

export function wheelFor({ name, path }: Interpreter, wheel: string): Wheel {
  const venv = join(home, ".cache/bench-venv", name.replaceAll("/", "_"));
  const python = join(venv, "bin/python");
  if (!existsSync(python)) {
    const made = run(path, "-m", "venv", venv);
    if (!made.ok) return { kind: "none", why: `no venv: ${made.said}` };
  }
  const isHere = `import importlib.metadata as found; found.version(${JSON.stringify(wheel)})`;
  if (run(python, "-c", isHere).ok) return { kind: "here", python };
  // Nothing is compiled for a comparison.
  const words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", wheel];
  const installed = run(python, ...words);
  return installed.ok
    ? { kind: "here", python }
    : { kind: "none", why: `${wheel} cannot be installed: ${installed.said}` };
}
