// The core's bytes in, the address of its door table out: of the one that is in the process already when it is the same build, else of a new one.
// It is never unloaded: threads may sleep inside a wrapper when everybody else has left. Next: core.ts.
import { required } from "../libc.ts";
import { coreMagic, coreVersion } from "./structs.ts";

/** The build id is in the name, so that the process map tells which core is resident. */
const mapName = "refscope-core";
const RTLD_NOW = 2;
const RTLD_NODELETE = 0x1000;
const entryOffset = 0x18; // e_entry of Elf64_Ehdr

export interface Resident {
  readonly door: NativePointer;
  readonly reused: boolean;
}

/** Every core in the process, of this build or another: a forked child or a newer Refscope may find several. */
export function residentCores(): readonly { readonly buildId: string; readonly door: NativePointer }[] {
  return Process.enumerateRanges({ protection: "r--", coalesce: false })
    .filter((range) => range.file?.offset === 0)
    .flatMap((range) => {
      const buildId = /^\/memfd:refscope-core-([0-9a-f]{40})\b/.exec(range.file?.path ?? "")?.[1];
      return buildId && isElf(range.base) ? [{ buildId, door: doorOf(range.base) }] : [];
    });
}

export function findOrLoad(bytes: ArrayBuffer): Resident {
  const buildId = buildIdOf(bytes);
  const resident = residentCores().find((core) => core.buildId === buildId);
  if (resident) return { door: resident.door, reused: true };
  load(bytes, buildId);
  const loaded = residentCores().find((core) => core.buildId === buildId);
  if (!loaded) throw new Error("the core was loaded but is not in the process map");
  return { door: loaded.door, reused: false };
}

const isElf = (base: NativePointer): boolean => base.readU32() === 0x464c457f;

function doorOf(base: NativePointer): NativePointer {
  const entry = base.add(base.add(entryOffset).readU64());
  const door = new NativeFunction(entry, "pointer", [])();
  if (door.readU32() !== coreMagic || door.add(4).readU32() !== coreVersion)
    throw new Error("a resident core of another make");
  return door;
}

/** The SHA-1 note that the linker put in (ELF note NT_GNU_BUILD_ID, name "GNU"). */
function buildIdOf(bytes: ArrayBuffer): string {
  const all = new Uint8Array(bytes);
  const marker = [4, 0, 0, 0, 20, 0, 0, 0, 3, 0, 0, 0, 0x47, 0x4e, 0x55, 0];
  const limit = Math.min(all.length - 36, 8192);
  for (let at = 0; at < limit; at += 4) {
    if (!marker.every((byte, i) => all[at + i] === byte)) continue;
    return [...all.subarray(at + 16, at + 36)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  throw new Error("the core has no build id");
}

function load(bytes: ArrayBuffer, buildId: string): void {
  const memfd = new NativeFunction(required("memfd_create"), "int", ["pointer", "uint"])(
    Memory.allocUtf8String(`${mapName}-${buildId}`),
    1,
  );
  if (memfd < 0) throw new Error("memfd_create failed");
  try {
    writeAll(memfd, bytes);
    const path = Memory.allocUtf8String(`/proc/self/fd/${memfd}`);
    const handle = new NativeFunction(required("dlopen"), "pointer", ["pointer", "int"])(
      path,
      RTLD_NOW | RTLD_NODELETE,
    );
    if (handle.isNull())
      throw new Error(new NativeFunction(required("dlerror"), "pointer", [])().readUtf8String() ?? "dlopen failed");
  } finally {
    new NativeFunction(required("close"), "int", ["int"])(memfd);
  }
}

function writeAll(fd: number, bytes: ArrayBuffer): void {
  const copy = Memory.alloc(bytes.byteLength);
  copy.writeByteArray(bytes);
  const write = new NativeFunction(required("write"), "long", ["int", "pointer", "ulong"]);
  for (let done = 0; done < bytes.byteLength; ) {
    const written = Number(write(fd, copy.add(done), bytes.byteLength - done));
    if (written <= 0) throw new Error("writing the core failed");
    done += written;
  }
}
