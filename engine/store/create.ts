// A path and what is known at the start in; a new recording, open for writing, out. Next: writer.ts.
import { chmodSync, closeSync, openSync, renameSync, rmSync, statfsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { readHeader } from "./header.ts";
import { openFile } from "./open.ts";
import { type Reserve, takeReserve } from "./reserve.ts";
import { applicationId, formatVersion, pageBytes, tables } from "./schema.ts";
import { type Connection, connectForWriting, siblings, writeFailure } from "./sqlite.ts";

const mebibyte = 2 ** 20;
const largestReserve = 16 * mebibyte;
const leastRoom = mebibyte / 4;
const fewestWalPages = 16;

export interface NewRecording {
  readonly connection: Connection;
  readonly reserve: Reserve;
  /** Bytes that the reserve and the files beside the recording may take while it is written. */
  readonly besideBytes: number;
}

export function createRecording(
  path: string,
  meta: Readonly<Record<string, string>>,
  maxBytes?: number,
): Result<NewRecording> {
  const free = mayReplace(path);
  if (!free.ok) return free;
  try {
    return create(path, meta, maxBytes);
  } catch (error) {
    for (const file of [unfinished(path), ...siblings(unfinished(path))]) rmSync(file, { force: true });
    return writeFailure(error, path);
  }
}

/** Another recording is replaced, as asked; what is something else, or still being written, is not. */
function mayReplace(path: string): Result<void> {
  const header = readHeader(path);
  if (!header.ok) {
    if (header.failure.code === "no-recording" || isEmptyFile(path)) return ok(undefined);
    return fail("cannot-write", { path, why: `something else is there (${header.failure.cause})` });
  }
  const there = openFile(path);
  if (!there.ok) return ok(undefined);
  const { status } = there.value;
  there.value.connection.close();
  return status === "recording" ? fail("recording-in-use", { path }) : ok(undefined);
}

function isEmptyFile(path: string): boolean {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size === 0;
  } catch {
    return false;
  }
}

const unfinished = (path: string) => `${path}.new-${process.pid}`;

function create(
  path: string,
  meta: Readonly<Record<string, string>>,
  maxBytes: number | undefined,
): Result<NewRecording> {
  const { bavail, bsize } = statfsSync(dirname(resolve(path)));
  if (bavail * bsize < leastRoom) return fail("disk-full", { path });
  // Only a rolling window frees pages; without one the page map that giving them back needs is not paid for.
  // The file appears under its name only when it is a recording, so a recorder killed here leaves none half made.
  emptyRecording(unfinished(path), meta, maxBytes === undefined ? "NONE" : "INCREMENTAL");
  for (const file of siblings(path)) rmSync(file, { force: true });
  renameSync(unfinished(path), path);
  const reserveBytes = Math.floor(
    Math.min(largestReserve, (bavail * bsize) / 4, (maxBytes ?? Number.POSITIVE_INFINITY) / 8),
  );
  const reserve = takeReserve(path, reserveBytes);
  const connection = connectForWriting(path);
  connection.pragma("journal_mode = WAL");
  connection.pragma("synchronous = NORMAL");
  // What waits in the WAL must fit into the reserve, or a full disk could not take it into the file.
  const walPages = Math.max(fewestWalPages, Math.floor(reserveBytes / 2 / pageBytes));
  connection.pragma(`wal_autocheckpoint = ${walPages}`);
  connection.pragma(`journal_size_limit = ${walPages * pageBytes}`);
  return ok({ connection, reserve, besideBytes: reserveBytes + walPages * pageBytes });
}

export function emptyRecording(
  path: string,
  meta: Readonly<Record<string, string>>,
  vacuum: "NONE" | "INCREMENTAL",
  /** One that is only looked at and thrown away need not reach the disk. */
  scratch?: readonly string[],
): void {
  rmSync(path, { force: true });
  closeSync(openSync(path, "wx", 0o600));
  chmodSync(path, 0o600);
  const connection = connectForWriting(path);
  try {
    connection.pragma(`page_size = ${pageBytes}`);
    connection.pragma(`auto_vacuum = ${vacuum}`);
    if (scratch) connection.pragma("synchronous = OFF");
    connection.exec("BEGIN");
    connection.pragma(`application_id = ${applicationId}`);
    connection.pragma(`user_version = ${formatVersion}`);
    connection.exec((scratch ?? tables).join(";\n"));
    const put = connection.prepare("INSERT INTO meta (name, value) VALUES (?, ?)");
    for (const [name, value] of Object.entries(meta)) put.run(name, value);
    connection
      .prepare("INSERT INTO status VALUES (1, 'recording', ?, 0, -1, 0, 0, 0, 0, 0, 0, 0, NULL)")
      .run(Date.now());
    connection.exec("COMMIT");
  } finally {
    connection.close();
  }
}
