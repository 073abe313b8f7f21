// A writer and its last rows in; one closed, sealed file without siblings out. Next: whoever reads it.
import { ok, type Result } from "../../shared/failures.ts";
import { manifestOf } from "./manifest.ts";
import type { Reserve } from "./reserve.ts";
import { sealBytes, unsealed } from "./seal.ts";
import { type Connection, connectForWriting, writeFailure } from "./sqlite.ts";
import type { RecordingWriter } from "./writer.ts";

export function finishRecording(
  path: string,
  writer: RecordingWriter,
  reserve: Reserve,
  writeLast: () => void,
): Result<void> {
  const { connection } = writer;
  let rows: string | undefined;
  try {
    reserve.release();
    writer.transaction(() => {
      writeLast();
      const manifest = manifestOf(connection);
      writer.close(manifest + unsealed);
      rows = manifest;
    });
    connection.pragma("incremental_vacuum");
    connection.pragma("wal_checkpoint(TRUNCATE)");
    const isOne = becomeOneFile(path, writer);
    connection.close();
    if (isOne && rows !== undefined) sealBytes(path, rows);
    return ok(undefined);
  } catch (error) {
    return writeFailure(error, path);
  } finally {
    connection.close();
  }
}

/** The first half of it for a large recording: the last rows are in the file, and it is still one that is being written. */
export function endRecording(
  path: string,
  writer: RecordingWriter,
  reserve: Reserve,
  writeLast: () => void,
): Result<void> {
  try {
    reserve.release();
    writer.transaction(writeLast);
    return ok(undefined);
  } catch (error) {
    return writeFailure(error, path);
  } finally {
    writer.connection.close();
  }
}

/** The second half, in whatever thread. Killed here, it leaves a recording that was not closed, and nothing is lost. */
export function sealRecording(path: string): Result<void> {
  let connection: Connection | undefined;
  try {
    connection = connectForWriting(path);
    connection.pragma("synchronous = NORMAL");
    connection.exec("BEGIN IMMEDIATE");
    const rows = manifestOf(connection);
    connection.prepare("UPDATE status SET state = 'closed', manifest = ?").run(rows + unsealed);
    connection.exec("COMMIT");
    connection.pragma("incremental_vacuum");
    connection.pragma("wal_checkpoint(TRUNCATE)");
    const isOne = becomeOneFileInTime(path, connection);
    connection.close();
    if (isOne) sealBytes(path, rows);
    return ok(undefined);
  } catch (error) {
    return writeFailure(error, path);
  } finally {
    connection?.close();
  }
}

const longestMs = 3000;
const betweenTriesMs = 20;

/** Meanwhile others of this process ask now and then, each for some milliseconds. */
function becomeOneFileInTime(path: string, connection: Connection): boolean {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  const started = performance.now();
  for (;;) {
    if (becomeOneFile(path, { connection })) return true;
    if (performance.now() - started > longestMs) return false;
    Atomics.wait(sleeper, 0, 0, betweenTriesMs);
  }
}

/** Somebody who reads at this moment keeps the WAL beside the file; everything is in the two of them all the same. */
function becomeOneFile(path: string, { connection }: Pick<RecordingWriter, "connection">): boolean {
  try {
    return connection.pragma("journal_mode = DELETE", { simple: true }) === "delete";
  } catch (error) {
    const failure = writeFailure(error, path);
    if (!failure.ok && failure.failure.code === "disk-full") throw error;
    return false;
  }
}
