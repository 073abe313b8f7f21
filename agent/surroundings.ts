// A path in, bytes of that file as this process sees it out; and which machine, namespaces and program this process has. For an
// engine on another machine, which cannot look into /proc here. Nothing is changed. Next: engine/far.
import type { FarPiece, FarSurroundings } from "../shared/far-protocol.ts";
import { farPieceBytes } from "../shared/far-protocol.ts";
import { required } from "./libc.ts";

const disableVariable = "PYTHON_DISABLE_REMOTE_DEBUG=";
const longestLink = 4096;
const mostEnvironment = 1 << 22;

export const surroundings = (): FarSurroundings => ({
  pid: Process.id,
  boot: textOf("/proc/sys/kernel/random/boot_id", longestLink).trim(),
  executable: linkOf("/proc/self/exe"),
  namespaces: {
    mnt: linkOf("/proc/self/ns/mnt"),
    pid: linkOf("/proc/self/ns/pid"),
    user: linkOf("/proc/self/ns/user"),
  },
  remoteDebugDisabled: textOf("/proc/self/environ", mostEnvironment)
    .split("\0")
    .some((entry) => entry.startsWith(disableVariable) && entry.length > disableVariable.length),
});

/** At most `farPieceBytes` from `offset` on. */
export function piece(path: string, offset: number): readonly [FarPiece, ArrayBuffer] {
  const bytes = read(path, offset, farPieceBytes);
  return [{ readable: bytes !== undefined }, bytes ?? new ArrayBuffer(0)];
}

function read(path: string, offset: number, length: number): ArrayBuffer | undefined {
  try {
    const file = new File(path, "rb");
    try {
      if (offset > 0) file.seek(offset);
      return file.readBytes(length);
    } finally {
      file.close();
    }
  } catch {
    return undefined;
  }
}

function textOf(path: string, most: number): string {
  const bytes = new Uint8Array(read(path, 0, most) ?? new ArrayBuffer(0));
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function linkOf(path: string): string | null {
  const readlink = new NativeFunction(required("readlink"), "long", ["pointer", "pointer", "size_t"]);
  const [name, buffer] = [Memory.allocUtf8String(path), Memory.alloc(longestLink)];
  const length = Number(readlink(name, buffer, longestLink));
  return length > 0 ? buffer.readUtf8String(length) : null;
}
