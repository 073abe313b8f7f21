// A path in; what tells that the same closed recording is still there, out: nobody writes it, and another file or another content is told apart.
// Used by open-recordings.ts, engine.ts.
import { closeSync, constants, existsSync, openSync, statSync } from "node:fs";
import { errorCode, isClosed, siblings } from "../store/sqlite.ts";

export interface ClosedFile {
  readonly identity: string;
  readonly bytes: number;
}

/** Undefined for one that is still written, was never closed, or cannot be opened. */
export function closedFile(path: string): ClosedFile | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stats?.isFile() || siblings(path).some((file) => existsSync(file)) || !saysClosed(path)) return undefined;
  const { dev, ino, size, mtimeNs, ctimeNs } = stats;
  return { identity: [dev, ino, size, mtimeNs, ctimeNs].join(" "), bytes: Number(size) };
}

function saysClosed(path: string): boolean {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return isClosed(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}
