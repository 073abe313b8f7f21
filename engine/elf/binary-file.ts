// A path in, a regular file that can be read at any offset out. Next: identity.ts, elf.ts.
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { fail, ok, type Result } from "../../shared/failures.ts";

export interface BinaryFile {
  readonly path: string;
  readonly size: number;
  readonly inode: number;
  /** Exactly `length` bytes, or undefined when the file does not hold them. */
  read(offset: number, length: number): Buffer | undefined;
  close(): void;
}

/** More than this at once is not a symbol table of any program we know. */
export const longestRead = 64 * 1024 * 1024;

export function openBinary(path: string): Result<BinaryFile> {
  try {
    // Without O_NONBLOCK a FIFO under this name would hold us for ever.
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { size, ino } = describe(fd);
    if (size === undefined) {
      closeSync(fd);
      return fail("unreadable-binary", { path, why: "it is no regular file" });
    }
    return ok({
      path,
      size,
      inode: ino,
      read: (offset, length) => readExactly(fd, size, offset, length),
      close: () => closeSync(fd),
    });
  } catch (error) {
    return fail("unreadable-binary", { path, why: errorCode(error) });
  }
}

function describe(fd: number): { readonly size: number | undefined; readonly ino: number } {
  const stats = fstatSync(fd);
  return { size: stats.isFile() ? stats.size : undefined, ino: stats.ino };
}

function readExactly(fd: number, size: number, offset: number, length: number): Buffer | undefined {
  if (!(offset >= 0) || !(length >= 0) || length > longestRead || offset + length > size) return undefined;
  const bytes = Buffer.alloc(length);
  try {
    return readSync(fd, bytes, 0, length, offset) === length ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** "ENOENT" and the like; the words of an error differ between systems, its code does not. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
