// A path and pieces in; the file, whole or not at all, out. Used by export.ts.
import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { fail, ok, type Result } from "../../shared/failures.ts";

export interface Exported {
  readonly path: string;
  readonly bytes: number;
}

const ownerOnly = 0o600;
const ownerOnlyFolder = 0o700;

/** Under another name until it is whole; a device or a pipe is written to as it is. `folders`: those on the way are made. */
export function writeFile(path: string, pieces: Iterable<Uint8Array>, folders = false): Result<Exported> {
  const existing = statSync(path, { throwIfNoEntry: false });
  const direct = existing !== undefined && !existing.isFile();
  const draft = direct ? path : `${path}.part`;
  try {
    if (folders) mkdirSync(dirname(path), { recursive: true, mode: ownerOnlyFolder });
    const bytes = writePieces(openSync(draft, "w", ownerOnly), pieces);
    if (!direct) renameSync(draft, path);
    return ok({ path, bytes });
  } catch (error) {
    if (!direct) rmSync(draft, { force: true });
    if (!(error instanceof Error && "syscall" in error)) throw error;
    return "code" in error && error.code === "ENOSPC"
      ? fail("cannot-write", { path, why: "no room left on its disk" })
      : fail("cannot-write", { path, why: error.message });
  }
}

function writePieces(file: number, pieces: Iterable<Uint8Array>): number {
  let written = 0;
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
      written += piece.length;
    }
    return written;
  } finally {
    closeSync(file);
  }
}
