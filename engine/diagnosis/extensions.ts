// A pid, or what a recording saw of extension modules, in; modules by how likely they have to do with a growth, out. Used by candidates.ts, run.ts.
import { extensionModules } from "../preflight/extension-modules.ts";
import { baseName } from "../preflight/maps.ts";
import type { Grown } from "./grown.ts";

/** File names of extension modules: PEP 3149 and its like. */
const extensionFile = /\.(?:cpython-[^/]*|abi3)\.so$/;

/** Paths of the extension modules that a process has loaded; those of packages before those of the standard library. */
export function loadedExtensions(pid: number): readonly string[] {
  const modules = extensionModules(pid);
  return modules.ok ? modules.value.map(({ path }) => path) : [];
}

export const isExtension = (path: string): boolean => extensionFile.test(path);

/** "multidict._multidict" of ".../multidict/_multidict.cpython-313-x86_64-linux-gnu.so" is a type's module. */
export function definesType(path: string, type: string): boolean {
  const words = type.split(".");
  const file = baseName(path).replace(/\.so$/, "").split(".")[0] ?? "";
  const at = words.slice(0, -1).lastIndexOf(file);
  if (at < 0) return false;
  const folders = path.split("/").slice(0, -1);
  return words.slice(0, at).every((word, index) => folders[folders.length - at + index] === word);
}

/** Of loaded modules those that define the type, that allocated it, or that work where it was allocated; then those that worked at all. */
export function likely(
  grown: Pick<Grown, "type" | "frames">,
  seen: readonly Pick<Grown, "type" | "frames">[],
  loaded: readonly string[],
): readonly string[] {
  const place = pythonPlace(grown);
  const near = seen.filter((other) => place !== "" && pythonPlace(other) === place);
  const ranked = [grown, ...near, ...seen].flatMap((of) => [
    ...loaded.filter((path) => of.type !== null && definesType(path, of.type)),
    ...of.frames.filter(({ line, file }) => line === null && loaded.includes(file)).map(({ file }) => file),
  ]);
  return [...new Set(ranked)];
}

/** Where Python code was. */
function pythonPlace({ frames }: Pick<Grown, "frames">): string {
  const frame = frames.find(({ file }) => !/\.so(?:\.[\d.]+)?$/.test(file));
  return frame ? `${frame.function}\0${frame.file}` : "";
}
