// The verdict of a diagnosis and the closed recording that it is about in, kept there and sealed again; and the verdict that a recording keeps, out.
// Used by engine/diagnosis, reader.ts.
import { crc32 } from "node:zlib";
import * as v from "valibot";
import { type DiagnosisDocument, diagnosisDocument } from "../../shared/diagnosis-document.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { hasTable } from "./facts.ts";
import { intact } from "./intact.ts";
import { manifestOf } from "./manifest.ts";
import { openFile } from "./open.ts";
import { pack, unpack } from "./packed.ts";
import { boundedBlob, bytesAt, longestBlob, numberAt, oneRow, readableRow, type Source, textAt } from "./rows.ts";
import { bytesAreSealed, sealBytes, sealOf, unsealed } from "./seal.ts";
import { type Connection, connectForWriting, writeFailure } from "./sqlite.ts";

/** A file that is not as its recorder sealed it is left as it is: a new seal would hide that. */
export function keepDiagnosis(path: string, document: DiagnosisDocument): Result<void> {
  const opened = openFile(path);
  if (!opened.ok) return opened;
  const { connection: reading, status } = opened.value;
  const may = status === "closed" && hasTable(reading, "diagnosis");
  reading.close();
  if (!may) return fail("cannot-write", { path, why: "it is no closed recording of this version" });
  try {
    const rows = putAlone(path, Buffer.from(JSON.stringify(document)));
    if (rows.ok) sealBytes(path, rows.value);
    return rows.ok ? ok(undefined) : rows;
  } catch (error) {
    return writeFailure(error, path);
  }
}

function putAlone(path: string, bytes: Uint8Array): Result<string> {
  const connection = connectForWriting(path);
  try {
    connection.pragma("trusted_schema = OFF");
    return put(connection, path, bytes);
  } finally {
    connection.close();
  }
}

/** The new hash of all rows. */
function put(connection: Connection, path: string, bytes: Uint8Array): Result<string> {
  connection.exec("BEGIN IMMEDIATE");
  const row = oneRow(connection.prepare("SELECT manifest FROM status WHERE id = 1"));
  const seal = row && sealOf(textAt(row, 0));
  const asSealed = seal?.rows === manifestOf(connection) && (seal.bytes === undefined || bytesAreSealed(path, seal));
  if (!asSealed) {
    connection.exec("ROLLBACK");
    return fail("cannot-write", { path, why: "it was changed since it was recorded" });
  }
  const insert = connection.prepare("INSERT OR REPLACE INTO diagnosis VALUES (1, ?, ?, ?)");
  insert.run(bytes.length, crc32(bytes), pack(bytes));
  const rows = manifestOf(connection);
  connection.prepare("UPDATE status SET manifest = ? WHERE id = 1").run(rows + unsealed);
  connection.exec("COMMIT");
  return ok(rows);
}

/** Undefined where there is none, or it is not what was written. */
export function readDiagnosis(source: Source): DiagnosisDocument | undefined {
  if (!hasTable(source.connection, "diagnosis")) return undefined;
  const row = readableRow(source, `SELECT size, crc, ${boundedBlob("document")} FROM diagnosis WHERE id = 1`);
  if (!row) return undefined;
  const bytes = () => unpack(bytesAt(row, 2), Math.min(longestBlob, numberAt(row, 0)));
  return intact(source.damage, numberAt(row, 1), bytes, (text) => {
    const parsed = v.safeParse(diagnosisDocument, jsonOf(text));
    return parsed.success ? parsed.output : undefined;
  });
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}
