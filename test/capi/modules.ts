// This machine's CPythons and a few wheels in, the files of their extension modules out. Wheels are fetched once by pip into .cache/wheels;
// where pip cannot, they are left out and that is said. Next: imports.test.ts, abi.test.ts.
import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { everyPython, type Python } from "../agent/pythons.ts";

const cache = resolve(import.meta.dirname, "../../.cache/wheels");
const wheels: Readonly<Record<string, readonly string[]>> = {
  "3.8": ["numpy==1.24.4", "orjson==3.10.15", "msgpack==1.1.1", "lxml==6.1.3"],
  "3.12": ["numpy==2.5.5", "orjson==3.13.0", "msgpack==1.2.4", "lxml==6.1.3", "cryptography==50.0.2"],
  "3.13": ["numpy==2.5.5", "orjson==3.13.0", "msgpack==1.2.4", "lxml==6.1.3"],
};
const platforms = ["manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64"];

/** Those that run outside of a root directory of their own. */
export const installed: readonly Python[] = everyPython.filter(({ start }) => start.length === 1);

/** Of the standard library and of what is installed beside it. */
export function installedModules(): readonly string[] {
  return installed.flatMap(({ start: [program] }) =>
    globSync(join(program, "../../lib/python3.*/{lib-dynload,site-packages/**}/*.so")),
  );
}

function fetch(python: string, version: string, wanted: readonly string[], folder: string): void {
  const words = ["--no-deps", "--only-binary", ":all:", "--python-version", version, "-d", folder];
  execFileSync(
    python,
    ["-m", "pip", "download", "-q", ...words, ...platforms.flatMap((name) => ["--platform", name]), ...wanted],
    { stdio: "pipe", timeout: 100_000 },
  );
  for (const wheel of globSync(join(folder, "*.whl")))
    execFileSync(python, ["-m", "zipfile", "-e", wheel, join(folder, "unpacked")]);
}

/** Of the wheels for one version; none when pip cannot fetch them. */
function wheelModules(version: string, wanted: readonly string[]): readonly string[] {
  const folder = join(cache, version);
  const python = installed.find(({ version: one }) => one >= 312)?.start[0];
  try {
    if (!existsSync(join(folder, "unpacked")) && python !== undefined) {
      mkdirSync(folder, { recursive: true });
      fetch(python, version, wanted, folder);
    }
  } catch {
    console.info(`left out, for pip cannot fetch them: ${wanted.join(", ")} for ${version}`);
  }
  return globSync(join(folder, "unpacked/**/*.so"));
}

export const everyWheelModule = (): readonly string[] =>
  Object.entries(wheels).flatMap(([version, wanted]) => wheelModules(version, wanted));
