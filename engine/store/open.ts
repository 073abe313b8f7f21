// A path in; a checked connection for reading and what the recording's status is, out. Next: reader.ts.
import { fail, ok, type Result } from "../../shared/failures.ts";
import { readHeader } from "./header.ts";
import { stillWriting } from "./identity.ts";
import { numberAt, oneRow, textAt, wordsOf } from "./rows.ts";
import { tablesOf } from "./schema.ts";
import { type Connection, connectForReading, connectForWriting, errorCode, inMemory, readFailure } from "./sqlite.ts";

export interface OpenedFile {
  readonly connection: Connection;
  readonly status: "recording" | "closed" | "recovered";
  readonly fileBytes: number;
  readonly format: number;
}

/** The connection holds one snapshot of the file until it is closed. */
export function openFile(path: string): Result<OpenedFile> {
  const header = readHeader(path);
  if (!header.ok) return header;
  let connection: Connection | undefined;
  try {
    connection = connectAfterCrash(path);
    connection.exec("BEGIN");
    if (!sameSchema(connection, header.value.format))
      return refuse(connection, path, "its tables are not a recording's");
    const status = statusOf(connection);
    return status
      ? ok({ connection, status, fileBytes: header.value.bytes, format: header.value.format })
      : refuse(connection, path, "it has no status");
  } catch (error) {
    connection?.close();
    return readFailure(error, path);
  }
}

function refuse(connection: Connection, path: string, why: string): Result<never> {
  connection.close();
  return fail("foreign-recording", { path, why });
}

/** A recorder killed while it closed its file leaves a journal that only a writer may roll back. */
function connectAfterCrash(path: string): Connection {
  const connection = connectForReading(path);
  try {
    connection.pragma("schema_version");
    return connection;
  } catch (error) {
    connection.close();
    if (!/^SQLITE_(?:READONLY|CANTOPEN)/.test(errorCode(error) ?? "")) throw error;
    const writer = connectForWriting(path);
    writer.pragma("trusted_schema = OFF");
    writer.pragma("schema_version");
    writer.close();
    return connectForReading(path);
  }
}

const schemaQuery = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";

/** Anything more than our tables (a trigger, a view, a generated column) makes it somebody else's file. */
function sameSchema(connection: Connection, format: number): boolean {
  const found = schemaText(connection);
  const count = statementCount(connection);
  // Each has another number of statements, so that one at most is made to compare with.
  return tablesOf(format).some((tables) => tables.length === count && schemaOf(tables) === found);
}

const statementCount = (of: Connection): number =>
  numberAt(oneRow(of.prepare("SELECT count(*) FROM sqlite_schema WHERE sql IS NOT NULL")) ?? [], 0);

const schemaText = (of: Connection): string => JSON.stringify(of.prepare(schemaQuery).raw().all());

function schemaOf(tables: readonly string[]): string {
  const expected = inMemory();
  try {
    expected.exec(tables.join(";\n"));
    return schemaText(expected);
  } finally {
    expected.close();
  }
}

function statusOf(connection: Connection): OpenedFile["status"] | undefined {
  const row = oneRow(connection.prepare("SELECT state, heartbeat FROM status WHERE id = 1"));
  if (row === undefined) return undefined;
  if (textAt(row, 0) === "closed") return "closed";
  const words = wordsOf(connection.prepare("SELECT name, value FROM meta WHERE name LIKE 'writer.%' LIMIT 10"));
  const writer = {
    where: words.get("writer.where") ?? "",
    pid: Number(words.get("writer.pid") ?? 0),
    startTicks: words.get("writer.start") ?? "",
  };
  return stillWriting(writer, numberAt(row, 1), Date.now()) ? "recording" : "recovered";
}
