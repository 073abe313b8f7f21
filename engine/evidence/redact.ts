// A recording, a level and a path in; a new recording without what the level takes out, and a list of that, out. Next: questions.ts asks it in a process of its own.
import { crc32 } from "node:zlib";
import type { Redaction } from "../../shared/evidence-documents.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { maskBytes } from "../preflight/mask.ts";
import { readStatus } from "../store/facts.ts";
import { manifestOf } from "../store/manifest.ts";
import { type OpenedFile, openFile } from "../store/open.ts";
import { pack, unpack } from "../store/packed.ts";
import { allRows, longestBlob, type Row, textAt } from "../store/rows.ts";
import { type Progress, sealOf } from "../store/seal.ts";
import { readFailure } from "../store/sqlite.ts";
import { isSameFile, mayWrite, notesLast, rebuild, type Table, tablesIn } from "./rebuild.ts";
import { keyOf, type NewName, redactNames, roleOf } from "./redact-names.ts";
import { type RedactionLevel, TextRedactor, type TextRole } from "./redact-texts.ts";

/** Tables of what is the program's own data. Names of attributes and keys of dicts are in snapshots. */
const leftOut: Readonly<Record<RedactionLevel, Readonly<Record<string, string>>>> = {
  standard: { message: "messages of exceptions" },
  minimal: {
    message: "messages of exceptions",
    source_file: "files of source",
    source_text: "lines of source",
    heap_snapshot: "snapshots of the heap",
    heap_chunk: "parts of snapshots of the heap",
  },
};
const metaRoles: Readonly<Record<string, TextRole>> = {
  "target.executable": "path",
  "target.command": "command",
  "audit.module": "path",
  "sample.site": "path",
};
/** Which machine and which boot wrote it. */
const metaEmptied: readonly string[] = ["writer.where", "writer.start"];
const mostShown = 10_000;

export interface RedactRequest {
  readonly path: string;
  /** Nothing is written without it. */
  readonly out?: string | undefined;
  readonly level: RedactionLevel;
}

export function redactRecording({ path, out, level }: RedactRequest, progress: Progress = () => {}): Result<Redaction> {
  if (out !== undefined && isSameFile(path, out)) return fail("usage", { what: "--out is the recording itself" });
  const free = out === undefined ? ok(undefined) : mayWrite(out);
  if (!free.ok) return free;
  const opened = openFile(path);
  if (!opened.ok) return opened;
  try {
    return redacted(opened.value, { path, out, level }, () => progress(0, opened.value.fileBytes));
  } catch (error) {
    return readFailure(error, path);
  } finally {
    opened.value.connection.close();
  }
}

function redacted(
  { connection, status }: OpenedFile,
  { path, out, level }: RedactRequest,
  moving: () => void,
): Result<Redaction> {
  if (status === "recording") return fail("recording-in-use", { path });
  const { manifest } = readStatus(connection);
  if (manifest !== undefined && sealOf(manifest)?.rows !== manifestOf(connection, moving))
    // A new seal would hide that.
    return fail("bad-recording", { path, why: "it was changed since it was sealed; `refscope salvage` comes first" });
  const redactor = new TextRedactor(level);
  const tables = tablesIn(connection);
  const changes = new Changes();
  const names = redactNames(connection, tables, redactor);
  for (const { was, text, role } of names.values()) changes.text(role, was, text);
  const rowsOf = (table: Table) => rowsFor(connection, table, { names, redactor, changes, level, status });
  const written = out === undefined ? preview(tables, rowsOf) : rebuild(connection, out, rowsOf, { moving });
  if (!written.ok) return written;
  const replaced = changes.replaced();
  return ok({
    schema: "refscope.redaction/1",
    path,
    out: out ?? null,
    level,
    bytes: out === undefined ? null : written.value,
    removed: changes.removed(),
    replaced: replaced.slice(0, mostShown),
    of: replaced.length,
  });
}

function preview(tables: readonly Table[], rowsOf: (table: Table) => Iterable<Row>): Result<number> {
  const looked = ["meta", "note", "mark", "source_text", "audit_abi", "diagnosis", ...Object.keys(leftOut.minimal)];
  for (const table of notesLast(tables)) if (looked.includes(table.name)) for (const _ of rowsOf(table));
  return ok(0);
}

/** What leaves, and what is written instead. */
class Changes {
  readonly #replaced = new Map<string, { readonly what: TextRole; readonly from: string; readonly to: string }>();
  readonly #removed = new Map<string, number>();

  text(what: TextRole, from: string, to: string): void {
    if (from !== to) this.#replaced.set(`${what} ${from}`, { what, from, to });
  }
  left(what: string): void {
    this.#removed.set(what, (this.#removed.get(what) ?? 0) + 1);
  }
  replaced() {
    return [...this.#replaced.values()];
  }
  removed() {
    return Array.from(this.#removed, ([what, rows]) => ({ what, rows }));
  }
}

interface Redacting {
  readonly names: ReadonlyMap<string, NewName>;
  readonly redactor: TextRedactor;
  readonly changes: Changes;
  readonly level: RedactionLevel;
  readonly status: OpenedFile["status"];
}

function* rowsFor(connection: OpenedFile["connection"], table: Table, redacting: Redacting): Generator<Row> {
  const { name, selected, order } = table;
  const rows = () =>
    allRows(connection.prepare(`SELECT ${selected} FROM ${name} ORDER BY ${order.join(", ")}`).safeIntegers());
  const what = leftOut[redacting.level][name];
  if (what !== undefined) {
    for (const _ of rows()) redacting.changes.left(what);
    return;
  }
  if (name === "name") return yield* Array.from(redacting.names.values(), ({ id, text }) => [id, text]);
  for (const row of rows()) yield rowFor(table, row, redacting);
  if (name === "meta") yield ["redacted", redacting.level];
  if (name !== "note") return;
  yield [null, `What is private was taken out (level ${redacting.level}).`];
  if (redacting.status === "recovered")
    yield [null, "The recorder ended early: what happened after its last batch is not here."];
}

function rowFor({ name, columns }: Table, row: Row, redacting: Redacting): Row {
  if (name === "meta") return metaRow(row, redacting);
  if (name === "heap_chunk") return packedRow(row, maskBytes);
  if (name === "diagnosis") return packedRow(row, (bytes) => redactedJson(bytes, redacting));
  const { redactor, changes, names } = redacting;
  return row.map((value, at) => {
    const column = columns[at] ?? "";
    if ((column === "text" && (name === "note" || name === "source_text")) || (name === "mark" && column === "name"))
      return replaced(changes, redactor, "text", String(value));
    if (name === "audit_abi" && column === "facts") return redactedJson(value, redacting);
    const role = roleOf(name, column);
    if (role === undefined || typeof value !== "bigint") return value;
    return names.get(keyOf(value, role))?.id ?? value;
  });
}

function metaRow(row: Row, { redactor, changes, level }: Redacting): Row {
  const [name, value] = [textAt(row, 0), textAt(row, 1)];
  const role = metaRoles[name];
  if (metaEmptied.includes(name)) return [name, ""];
  if (name === "privacy") return [name, value === "minimal" ? value : level];
  return role === undefined ? row : [name, replaced(changes, redactor, role, value)];
}

function replaced(changes: Changes, redactor: TextRedactor, role: TextRole, from: string): string {
  const to = redactor.redact(from, role);
  changes.text(role, from, to);
  return to;
}

/** id, size, crc, bytes. What is damaged does not come along. */
function packedRow([id, size, crc, bytes]: Row, change: (bytes: Uint8Array) => Uint8Array): Row {
  if (!(bytes instanceof Uint8Array)) return [id, size, crc, bytes];
  try {
    const changed = change(unpack(bytes, Math.min(longestBlob, Number(size))));
    return [id, BigInt(changed.length), BigInt(crc32(changed)), pack(changed)];
  } catch (error) {
    if (error instanceof RangeError) return [id, 0n, 0n, new Uint8Array()];
    throw error;
  }
}

/** Texts in it are paths or names; what is no JSON does not come along. */
function redactedJson(value: unknown, { redactor, changes }: Redacting): Uint8Array {
  if (!(value instanceof Uint8Array)) return new Uint8Array();
  const parsed = attemptJson(Buffer.from(value).toString("utf8"), (part) => {
    const isPath = part.includes("/") && !/\s/.test(part);
    return replaced(changes, redactor, isPath ? "path" : "text", part);
  });
  return parsed === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(parsed));
}

function attemptJson(text: string, change: (part: string) => string): unknown {
  try {
    return JSON.parse(text, (_, part: unknown) => (typeof part === "string" ? change(part) : part));
  } catch {
    return undefined;
  }
}
