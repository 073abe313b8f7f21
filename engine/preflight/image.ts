// The files a process runs in, which of them is its Python interpreter and what that is out. Next: facts.ts.

import type { VersionHex } from "../../shared/units.ts";
import type { Elf } from "../elf/elf.ts";
import type { ElfSymbol } from "../elf/symbols.ts";
import { baseName, type MappedFile, openMapped } from "./maps.ts";
import { versionOf } from "./version.ts";

export interface PythonImage {
  readonly kind: "cpython" | "pypy";
  readonly path: string;
  /** Undefined when the file does not tell or cannot be read; `versionSaid` is then what its name says. */
  readonly version: VersionHex | undefined;
  readonly versionSaid: string;
  readonly staticBuild: boolean;
  readonly debug: boolean;
  readonly freeThreaded: boolean;
  /** How the file contradicts itself, when it does. */
  readonly contradiction: string | undefined;
}
/** What was found in files already, by device and inode; shared by all processes of one list. */
export type ImageCache = Map<string, PythonImage | undefined>;

const names = ["Py_GetVersion", "Py_Version", "_PyRuntime", "_Py_RefTotal", "_Py_NegativeRefcount"] as const;
const libraryName = /^libpython(\d\.\d+)([a-z]*)\.so/;
const pypyName = /^(libpypy|pypy)/;
const cookie = "xdebugpy";
const debugOffsetsSince = 0x030d0000;

/** The program first: an interpreter linked into it is the one that runs, whatever libraries a module brought along. */
export function findImage(
  pid: number,
  executable: string | undefined,
  files: readonly MappedFile[],
  cache: ImageCache,
): PythonImage | undefined {
  const rank = (file: MappedFile) => (file.path === executable ? 0 : libraryName.test(baseName(file.path)) ? 1 : 2);
  const sorted = files.toSorted((a, b) => rank(a) - rank(b));
  for (const file of sorted) {
    const key = `${file.device}:${file.inode}`;
    if (!cache.has(key)) cache.set(key, readImage(pid, file, file.path === executable));
    const image = cache.get(key);
    if (image) return image;
  }
  return undefined;
}

function readImage(pid: number, file: MappedFile, isProgram: boolean): PythonImage | undefined {
  const name = baseName(file.path);
  const nothing = {
    path: file.path,
    version: undefined,
    versionSaid: "",
    staticBuild: isProgram,
    contradiction: undefined,
  };
  if (pypyName.test(name)) return { ...nothing, kind: "pypy", debug: false, freeThreaded: false };
  const [, versionSaid, flags = ""] = libraryName.exec(name) ?? [];
  const fromName = { debug: flags.includes("d"), freeThreaded: flags.includes("t") };
  const elf = openMapped(pid, file);
  if (!elf.ok) return versionSaid === undefined ? undefined : { ...nothing, ...fromName, kind: "cpython", versionSaid };
  try {
    const symbols = elf.value.exported(names);
    if (!symbols.has("Py_GetVersion")) return undefined;
    return { ...nothing, kind: "cpython", versionSaid: versionSaid ?? "", ...describe(elf.value, symbols, fromName) };
  } finally {
    elf.value.close();
  }
}

type Described = Pick<PythonImage, "version" | "debug" | "freeThreaded" | "contradiction">;

function describe(
  elf: Elf,
  symbols: ReadonlyMap<string, ElfSymbol>,
  fromName: Pick<PythonImage, "debug" | "freeThreaded">,
): Described {
  const version = versionOf(elf, symbols);
  // Both are exported only by builds that count all references (Py_REF_DEBUG).
  const debug = fromName.debug || symbols.has("_Py_RefTotal") || symbols.has("_Py_NegativeRefcount");
  const described = { version, debug, freeThreaded: fromName.freeThreaded, contradiction: undefined };
  const runtime = symbols.get("_PyRuntime");
  if (version === undefined || version < debugOffsetsSince || runtime === undefined) return described;
  return { ...described, ...fromDebugOffsets(elf.bytesAt(runtime.address, 24), version) };
}

/** `_Py_DebugOffsets` begins with its cookie, PY_VERSION_HEX and free_threaded (3.13 to 3.15, pycore_debug_offsets.h). */
function fromDebugOffsets(bytes: Buffer | undefined, version: VersionHex): Partial<Described> {
  if (bytes === undefined || bytes.toString("latin1", 0, 8) !== cookie)
    return { contradiction: "its _PyRuntime does not begin with the cookie of the debug offsets" };
  if (bytes.readUInt32LE(8) !== version) return { contradiction: "its debug offsets are of another version" };
  return { freeThreaded: bytes.readUInt32LE(16) !== 0 };
}
