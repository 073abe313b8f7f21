// A path in; whether its first 100 bytes are a recording's, told before SQLite sees the file. Next: open.ts, create.ts.
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { applicationId, formatVersion } from "./schema.ts";
import { errorCode, readFailure } from "./sqlite.ts";

/** Offsets of SQLite's database header: https://www.sqlite.org/fileformat.html §1.3 */
const sqliteHeader = { magic: 0, userVersion: 60, applicationId: 68, size: 100 } as const;
const magic = Buffer.from("SQLite format 3\0");
const largest = 64 * 2 ** 30;

export interface FileHeader {
  readonly bytes: number;
  readonly format: number;
}

export function readHeader(path: string): Result<FileHeader> {
  let file: number | undefined;
  try {
    // Neither follows a link nor waits for the other end of a FIFO.
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    return checked(path, file, fstatSync(file));
  } catch (error) {
    if (errorCode(error) === "ELOOP") return fail("bad-recording", { path, why: "it is a symbolic link" });
    return readFailure(error, path);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function checked(path: string, file: number, stats: Stats): Result<FileHeader> {
  if (!stats.isFile()) return fail("bad-recording", { path, why: "it is no regular file" });
  if (stats.size === 0) return fail("bad-recording", { path, why: "it is empty" });
  if (stats.size > largest) return fail("bad-recording", { path, why: "it is larger than 64 GiB" });
  const header = Buffer.alloc(sqliteHeader.size);
  const length = readSync(file, header, 0, header.length, 0);
  if (!header.subarray(0, magic.length).equals(magic))
    return fail("foreign-recording", { path, why: "it is no SQLite database" });
  if (length < header.length) return fail("bad-recording", { path, why: `it ends after ${length} bytes` });
  if (header.readUInt32BE(sqliteHeader.applicationId) !== applicationId)
    return fail("foreign-recording", { path, why: "it is a SQLite database of another program" });
  const format = header.readUInt32BE(sqliteHeader.userVersion);
  if (format > formatVersion) return fail("newer-recording", { path, format, known: formatVersion });
  if (format < 1) return fail("bad-recording", { path, why: `it has format ${format}` });
  return ok({ bytes: stats.size, format });
}
