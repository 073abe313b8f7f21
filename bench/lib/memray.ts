// In: an interpreter. Out: one of the same version that has memray, in a venv of its own under .cache, or why there is none.
// memray comes from the package index as any wheel does. Next: lifecycle.ts.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Interpreter } from "../../test/examples/pythons.ts";
import { home } from "./recording.ts";

export type Memray =
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

export function memrayFor({ name, path }: Interpreter): Memray {
  const venv = join(home, ".cache/bench-venv", name.replaceAll("/", "_"));
  const python = join(venv, "bin/python");
  if (!existsSync(python)) {
    const made = run(path, "-m", "venv", venv);
    if (!made.ok) return { kind: "none", why: `no venv: ${made.said}` };
  }
  if (run(python, "-c", "import memray").ok) return { kind: "here", python };
  const installed = run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "memray");
  return installed.ok
    ? { kind: "here", python }
    : { kind: "none", why: `memray cannot be installed: ${installed.said}` };
}
