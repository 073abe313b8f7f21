// A damaged recording and a path in; a new recording of what could be read, which says what is missing, out. Next: questions.ts asks it in a process of its own.
import { statSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { Salvage } from "../../shared/evidence-documents.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { type OpenedFile, openFile } from "../store/open.ts";
import { unpack } from "../store/packed.ts";
import { longestBlob, type Row } from "../store/rows.ts";
import type { Progress } from "../store/seal.ts";
import { isSameFile, mayWrite, rebuild, type Table } from "./rebuild.ts";
import { salvageRows } from "./salvage-rows.ts";
import { withFreshSchema } from "./transplant.ts";
import { verifyRecording } from "./verify.ts";

const leastRowBytes = 4;

export function salvageRecording(path: string, out: string, now: Date, progress: Progress = () => {}): Result<Salvage> {
  if (isSameFile(path, out)) return fail("usage", { what: "--out is the recording itself" });
  const free = mayWrite(out);
  if (!free.ok) return free;
  const opened = openFile(path);
  if (opened.ok) return salvaged(path, opened.value, { out, now, progress, known: [] });
  if (opened.failure.code !== "bad-recording" && opened.failure.code !== "foreign-recording") return opened;
  // Where the tables lie is the same in each recording: a file whose first page is gone gets another one.
  const moving = () => progress(0, statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  return (
    withFreshSchema(path, out, moving, (file) =>
      salvaged(path, file, { out, now, progress, known: ["where its tables lie, which was filled in"] }),
    ) ?? opened
  );
}

interface Salvaged {
  readonly out: string;
  readonly now: Date;
  readonly progress: Progress;
  readonly known: readonly string[];
}

function salvaged(path: string, file: OpenedFile, { out, now, progress, known }: Salvaged): Result<Salvage> {
  const { connection, fileBytes, status } = file;
  try {
    if (status === "recording") return fail("recording-in-use", { path });
    const losses = new Losses(known);
    const salvaging = {
      connection,
      mostRows: fileBytes / leastRowBytes,
      lost: (table: Table) => losses.unreadable.add(table.name),
    };
    const rowsOf = function* (table: Table): Generator<Row> {
      for (const row of salvageRows(salvaging, table)) if (losses.keep(table, row)) yield row;
      yield* additions(table, status, losses, now);
    };
    const written = rebuild(connection, out, rowsOf, {
      refused: (table) => losses.refuse(table),
      moving: () => progress(0, fileBytes),
    });
    if (!written.ok) return written;
    const checked = verifyRecording(out, progress);
    if (!checked.ok) return checked;
    const { rows, damaged } = losses;
    return ok({
      schema: "refscope.salvage/1",
      path,
      out,
      bytes: written.value,
      rows,
      damaged,
      lost: [...losses.sentences()],
    });
  } finally {
    if (connection.open) connection.close();
  }
}

/** Counts what is kept and what is not. */
class Losses {
  readonly unreadable = new Set<string>();
  readonly #left = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #known: readonly string[];
  rows = 0;
  damaged = 0;

  constructor(known: readonly string[]) {
    this.#known = known;
  }

  keep(table: Table, row: Row): boolean {
    this.#seen.add(table.name);
    if (isIntact(table, row)) {
      this.rows++;
      return true;
    }
    this.refuse(table);
    return false;
  }
  refuse({ name }: Table): void {
    this.damaged++;
    this.#left.set(name, (this.#left.get(name) ?? 0) + 1);
  }
  saw(table: string): boolean {
    return this.#seen.has(table);
  }
  sentences(): readonly string[] {
    return [
      ...this.#known.map((what) => `Lost: ${what}.`),
      ...[...this.unreadable].map((table) => `Lost: rows of ${table} in pages that cannot be read.`),
      ...[...this.#left].map(([table, count]) => `Lost: ${count} damaged rows of ${table}.`),
    ];
  }
}

/** A row with a CRC is kept when its bytes are those that were written. */
function isIntact({ columns }: Table, row: Row): boolean {
  const crc = columns.indexOf("crc");
  if (crc < 0) return true;
  const bytes = row.find((value) => value instanceof Uint8Array);
  if (!(bytes instanceof Uint8Array)) return false;
  const size = columns.indexOf("size");
  try {
    const whole = size < 0 ? bytes : unpack(bytes, Math.min(longestBlob, Number(row[size])));
    return BigInt(crc32(whole)) === row[crc];
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Rows that say what this file is. */
function* additions({ name }: Table, status: OpenedFile["status"], losses: Losses, now: Date): Generator<Row> {
  if (name === "meta") yield ["salvaged", now.toISOString()];
  if (name === "status" && !losses.saw("status"))
    yield [1n, "closed", BigInt(now.getTime()), 0n, -1n, ...Array(7).fill(0n), null];
  if (name !== "note") return;
  yield [null, "It was salvaged from a damaged file."];
  for (const sentence of losses.sentences()) yield [null, sentence];
  if (status === "recovered") yield [null, "The recorder ended early: what happened after its last batch is not here."];
}
