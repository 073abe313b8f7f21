// A writer and its last rows in; one closed, sealed file without siblings out. Next: whoever reads it.
import { ok, type Result } from "../../shared/failures.ts";
import { manifestOf } from "./manifest.ts";
import type { Reserve } from "./reserve.ts";
import { sealBytes, unsealed } from "./seal.ts";
import { writeFailure } from "./sqlite.ts";
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

/** Somebody who reads at this moment keeps the WAL beside the file; everything is in the two of them all the same. */
function becomeOneFile(path: string, { connection }: RecordingWriter): boolean {
  try {
    return connection.pragma("journal_mode = DELETE", { simple: true }) === "delete";
  } catch (error) {
    const failure = writeFailure(error, path);
    if (!failure.ok && failure.failure.code === "disk-full") throw error;
    return false;
  }
}
