// A pid in, the extension modules that it has loaded out, by the names that Python imports them by; read from outside. Next: engine.ts.
import { existsSync } from "node:fs";
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { LoadedModule } from "../../shared/rpc-contract.ts";
import { baseName, type MappedFile, openMapped, parseMaps } from "./maps.ts";
import { procPath, readText } from "./proc.ts";

/** `name.cpython-312-x86_64-linux-gnu.so`, `name.abi3.so`, `name.so`. */
const extension = /^([^.]+)(\.(?:cpython-|abi3|pypy)[^/]*)?\.so$/;
/** A program has some hundreds at most. */
const mostModules = 2000;
/** Where module names begin. */
const roots = /^.*\/(?:site-packages|dist-packages|lib-dynload)\//;
const standard = /\/lib-dynload\//;
const deepest = 20;

/** Those of the standard library stand last. */
export function extensionModules(pid: number): Result<LoadedModule[]> {
  const maps = readText(pid, "maps");
  if (maps.kind === "gone") return fail("no-such-process", { pid });
  if (maps.kind === "denied") {
    const advice = "Run Refscope as the user of that process, or as root.";
    return fail("ptrace-denied", { pid, why: "its memory map may not be read", advice });
  }
  const found = parseMaps(maps.value)
    .filter((file) => isExtension(pid, file))
    .slice(0, mostModules)
    .map(({ path }) => ({ name: moduleName(pid, path), path, standard: standard.test(path) }));
  return ok(found.sort((a, b) => Number(a.standard) - Number(b.standard) || (a.name < b.name ? -1 : 1)));
}

/** What carries a version in its name is one; of others the file tells. */
function isExtension(pid: number, file: MappedFile): boolean {
  const [, name, version] = extension.exec(baseName(file.path)) ?? [];
  if (name === undefined) return false;
  if (version !== undefined) return true;
  const elf = openMapped(pid, file);
  if (!elf.ok) return false;
  const entries = [`PyInit_${name}`, `PyModExport_${name}`];
  const exported = elf.value.exported(entries);
  elf.value.close();
  return entries.some((entry) => exported.has(entry));
}

/** Below the folder that packages are installed in; elsewhere, as far up as folders are packages. */
function moduleName(pid: number, path: string): string {
  const installed = path.replace(roots, "");
  if (installed !== path) return dotted(installed.split("/"));
  const folders = path.split("/");
  let from = folders.length - 1;
  const isPackage = (depth: number) =>
    existsSync(procPath(pid, `root${folders.slice(0, depth).join("/")}/__init__.py`));
  while (from > 1 && folders.length - from < deepest && isPackage(from)) from--;
  return dotted(folders.slice(from));
}

/** From the inside out: the folders that would have to be packages for the file's name to begin with theirs. */
export function packagesAbove(path: string): readonly string[] {
  if (!extension.test(baseName(path)) || roots.test(path)) return [];
  const folders = path.split("/").slice(0, -1);
  return Array.from({ length: Math.min(deepest, folders.length - 1) }, (_, up) =>
    folders.slice(0, folders.length - up).join("/"),
  );
}

function dotted(parts: readonly string[]): string {
  const [file = "", ...folders] = parts.toReversed();
  return [...folders.toReversed(), file.split(".")[0] ?? file].join(".");
}
