// A closed recording that is as it was sealed in; the same with a change in its rows, sealed again, out. Used by stored-diagnosis.ts, keep-marks.ts.
import { ok, type Result } from "../../shared/failures.ts";
import { manifestOf } from "./manifest.ts";
import { oneRow, textAt } from "./rows.ts";
import { bytesAreSealed, sealBytes, sealOf, unsealed } from "./seal.ts";
import { type Connection, connectForWriting, writeFailure } from "./sqlite.ts";

/** Nothing is changed where it fails. */
export type Change = (connection: Connection) => Result<void>;

/** A file that is not as its recorder sealed it is left as it is: a new seal would hide that. `refuse` says so in the words of who asks. */
export function changeClosed(path: string, change: Change, refuse: (why: string) => Result<never>): Result<void> {
  try {
    const rows = changeAlone(path, change, refuse);
    if (rows.ok) sealBytes(path, rows.value);
    return rows.ok ? ok(undefined) : rows;
  } catch (error) {
    return writeFailure(error, path);
  }
}

/** The new hash of all rows. */
function changeAlone(path: string, change: Change, refuse: (why: string) => Result<never>): Result<string> {
  const connection = connectForWriting(path);
  try {
    connection.pragma("trusted_schema = OFF");
    // What is taken out is not to be read in free pages.
    connection.pragma("secure_delete = ON");
    connection.exec("BEGIN IMMEDIATE");
    const why = notAsSealed(connection, path);
    const changed = why === undefined ? change(connection) : refuse(why);
    const rows = changed.ok ? ok(sealRows(connection)) : changed;
    connection.exec(rows.ok ? "COMMIT" : "ROLLBACK");
    return rows;
  } finally {
    connection.close();
  }
}

/** Undefined where it is as it was sealed. */
function notAsSealed(connection: Connection, path: string): string | undefined {
  const row = oneRow(connection.prepare("SELECT manifest FROM status WHERE id = 1"));
  const seal = row && sealOf(textAt(row, 0));
  if (!seal) return "it has no seal";
  const asSealed = seal.rows === manifestOf(connection) && (seal.bytes === undefined || bytesAreSealed(path, seal));
  return asSealed ? undefined : "it was changed since it was recorded";
}

function sealRows(connection: Connection): string {
  const rows = manifestOf(connection);
  connection.prepare("UPDATE status SET manifest = ? WHERE id = 1").run(rows + unsealed);
  return rows;
}
