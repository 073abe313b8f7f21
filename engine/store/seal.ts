// A closed recording in; the SHA-256 of its bytes written into it, or compared with the one it has. Layout: docs/recording-format.md. Next: finish.ts, verify.ts.
import { createHash } from "node:crypto";
import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import { errorCode } from "./sqlite.ts";

/** Stands for the bytes' hash until it is known, and while it is computed. */
export const unsealed = "0".repeat(64);
const pieceBytes = 4 * 2 ** 20;
/** A file larger than this is sealed by its rows alone: nobody should wait for it when a recording ends. */
const mostSealedBytes = 4 * 2 ** 30;

export interface Seal {
  /** Of all rows, as manifest.ts makes it. */
  readonly rows: string;
  /** Of all bytes but its own; undefined in a file that was sealed by its rows alone. */
  readonly bytes: string | undefined;
}
export type Progress = (doneBytes: number, ofBytes: number) => void;
const silent: Progress = () => {};

/** Undefined for what no recorder writes. */
export function sealOf(manifest: string): Seal | undefined {
  const [, rows, bytes = unsealed] = /^([0-9a-f]{64})([0-9a-f]{64})?$/.exec(manifest) ?? [];
  return rows === undefined ? undefined : { rows, bytes: bytes === unsealed ? undefined : bytes };
}

/** Written past SQLite, into the room that the row of `status` has for it. What goes wrong leaves a file that is sealed by its rows. */
export function sealBytes(path: string, rows: string): void {
  let file: number | undefined;
  try {
    file = openSync(path, "r+");
    if (fstatSync(file).size > mostSealedBytes) return;
    const at = placeOf(file, rows + unsealed);
    if (at === undefined) return;
    writeSync(file, Buffer.from(hashWithout(file, at, silent), "latin1"), 0, unsealed.length, at);
    fsyncSync(file);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Whether the bytes are those that were sealed. @throws the file system's errors. */
export function bytesAreSealed(path: string, { rows, bytes = "" }: Seal, progress: Progress = silent): boolean {
  const file = openSync(path, "r");
  try {
    const at = placeOf(file, rows + bytes);
    return at !== undefined && hashWithout(file, at, progress) === bytes;
  } finally {
    closeSync(file);
  }
}

/** Where the second half of `text` first stands. */
function placeOf(file: number, text: string): number | undefined {
  const piece = Buffer.alloc(pieceBytes);
  for (let start = 0; ; start += pieceBytes - text.length) {
    const length = readSync(file, piece, 0, pieceBytes, start);
    const at = piece.subarray(0, length).indexOf(text, 0, "latin1");
    if (at >= 0) return start + at + text.length - unsealed.length;
    if (length < pieceBytes) return undefined;
  }
}

/** Of all bytes, with those of the hash itself as zeros. */
function hashWithout(file: number, at: number, progress: Progress): string {
  const hash = createHash("sha256");
  const piece = Buffer.alloc(pieceBytes);
  const of = fstatSync(file).size;
  for (let start = 0; ; start += pieceBytes) {
    const length = readSync(file, piece, 0, pieceBytes, start);
    if (length === 0) return hash.digest("hex");
    const [from, to] = [Math.max(0, at - start), Math.min(length, at + unsealed.length - start)];
    if (from < to) piece.write(unsealed, from, to - from, "latin1");
    hash.update(piece.subarray(0, length));
    progress(Math.min(of, start + length), of);
  }
}
