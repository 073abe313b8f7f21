// The path of a recording in; whether a stranger may have made it, and what speaks against reading it, out. Next: engine.ts, reader-program.ts.
import { closeSync, constants, existsSync, lstatSync, openSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { errorCode, isClosed, readFailure } from "../store/sqlite.ts";

const othersMay = 0o077;

/** Ours are in our folder, belong to us and are nobody else's to read or write. What is not there is nobody's. */
export function isForeign(path: string, folder: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  const ours = stats.isFile() && stats.uid === process.getuid?.() && (stats.mode & othersMay) === 0;
  return !ours || !sameFolder(dirname(path), folder);
}

function sameFolder(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}

/** A closed recording is one file: a journal beside a stranger's could have SQLite write into it, or delete another file. */
export function mayReadForeign(path: string): Result<void> {
  const journal = existsSync(`${path}-journal`);
  if (!journal && !existsSync(`${path}-wal`)) return ok(undefined);
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (!journal && !isClosed(file)) return ok(undefined);
    return fail("bad-recording", {
      path,
      why: `a ${journal ? "journal" : "log"} lies beside it, which a closed recording has not`,
    });
  } catch (error) {
    return errorCode(error) === "ELOOP"
      ? fail("bad-recording", { path, why: "it is a symbolic link" })
      : readFailure(error, path);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
