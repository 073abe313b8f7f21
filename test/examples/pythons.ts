// In: this machine. Out: the interpreters that targets run under, oldest first: REFSCOPE_PYTHONS (paths between colons),
// else those of the asked versions that pyenv has, else the python3 on PATH. Next: examples.test.ts, bench/.
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export interface Interpreter {
  /** "3.13", or the path where pyenv does not tell. */
  readonly name: string;
  readonly path: string;
}

const minor = (version: string) => version.split(".").slice(0, 2).join(".");

function fromPyenv(wanted: readonly string[]): readonly Interpreter[] {
  const versions = join(process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv"), "versions");
  const names = existsSync(versions) ? readdirSync(versions) : [];
  return wanted.flatMap((version) => {
    const name = names.find((one) => minor(one) === version);
    return name === undefined ? [] : [{ name: version, path: join(versions, name, "bin/python") }];
  });
}

export function pythons(...wanted: readonly string[]): readonly Interpreter[] {
  const chosen = process.env["REFSCOPE_PYTHONS"]?.split(":").filter((path) => path.length > 0) ?? [];
  if (chosen.length > 0) return chosen.map((path) => ({ name: path, path }));
  const found = fromPyenv(wanted);
  return found.length > 0 ? found : [{ name: "python3", path: "python3" }];
}
