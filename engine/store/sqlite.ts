// SQLite's and the file system's errors in, failures out; and the two ways a recording is opened. Used by the files of this room.
import { closeSync, constants, existsSync, openSync, readSync } from "node:fs";
import Database from "better-sqlite3";
import { fail, type Result } from "../../shared/failures.ts";

export type Connection = Database.Database;
export type Statement<P extends unknown[]> = Database.Statement<P, unknown>;

export const connectForWriting = (path: string): Connection =>
  new Database(path, { fileMustExist: true, timeout: 1000 });

/** Nothing in the file may run, write or reach outside it: https://www.sqlite.org/security.html */
export function connectForReading(path: string): Connection {
  const connection =
    connectToClosed(path) ?? new Database(path, { readonly: true, fileMustExist: true, timeout: 2000 });
  for (const pragma of ["trusted_schema = OFF", "query_only = ON", "cell_size_check = ON", "mmap_size = 0"])
    connection.pragma(pragma);
  return connection;
}

/** Files that SQLite keeps beside its own. */
export const siblings = (path: string): readonly string[] => [`${path}-wal`, `${path}-shm`, `${path}-journal`];

/** Offset of SQLite's header that tells a rollback journal (1) from a log (2), which a recording has while it is written. */
const readVersionAt = 19;
/** An empty file, because it wants a journal that is one. */
const noJournal = new URL("./no-journal", import.meta.url);

/** Nobody writes a file that has neither log nor journal any more: it is given to SQLite open, which then looks for nothing beside it. */
function connectToClosed(path: string): Connection | undefined {
  if (process.platform === "win32" || siblings(path).some((file) => existsSync(file))) return undefined;
  const [file, journal] = [openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW), openSync(noJournal, "r")];
  try {
    if (!isClosed(file)) return undefined;
    // Its types do not know yet that it opens a file that is open.
    const connection: Connection = Reflect.construct(Database, [file, { readonly: true, journalFd: journal }]);
    return connection;
  } finally {
    closeSync(file);
    closeSync(journal);
  }
}

export function isClosed(file: number): boolean {
  const version = Buffer.alloc(1);
  return readSync(file, version, 0, 1, readVersionAt) === 1 && version[0] === 1;
}

export const inMemory = (): Connection => new Database(":memory:");

/** The code of a SQLite or file system error; undefined for anything else, which is a bug and goes on up. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return error.code;
}

const noRoom = /^(?:SQLITE_FULL|ENOSPC|EDQUOT|EFBIG|SQLITE_IOERR(?:_WRITE|_FSYNC|_TRUNCATE|_SHMSIZE|_DIR_FSYNC)?)$/;

/** @throws what is neither SQLite's nor the file system's. */
export function writeFailure(error: unknown, path: string): Result<never> {
  const code = errorCode(error);
  if (code === undefined) throw error;
  if (/^SQLITE_(?:CONSTRAINT|MISMATCH)/.test(code))
    return fail("bug", { what: `a row that no recording holds (${code})` });
  return noRoom.test(code) ? fail("disk-full", { path }) : fail("cannot-write", { path, why: code });
}

/** SQLite's words can hold bytes of the file, so only its code is shown. @throws what is neither SQLite's nor the file system's. */
export function readFailure(error: unknown, path: string): Result<never> {
  const code = errorCode(error);
  if (code === undefined) throw error;
  if (code === "ENOENT" || code === "ENOTDIR") return fail("no-recording", { path });
  if (code === "SQLITE_NOTADB") return fail("foreign-recording", { path, why: "it is no SQLite database" });
  return fail("bad-recording", { path, why: code });
}
