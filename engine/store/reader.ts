// A path in; what a recording holds, out: one being written, a closed one, a recovered one. Next: engine/analysis.
import { crc32 } from "node:zlib";
import type { RecordingFacts } from "../../shared/documents.ts";
import { ok, type Result } from "../../shared/failures.ts";
import type { RawDeltas } from "../../shared/records.ts";
import { type Milliseconds, milliseconds } from "../../shared/units.ts";
import { decodeDeltas, WireError } from "../../shared/wire.ts";
import { balance } from "./balance.ts";
import { type Facts, readFacts, readKept, readNotes, readStatus, type StatusRow } from "./facts.ts";
import { manifestOf } from "./manifest.ts";
import { type Names, readNames } from "./names.ts";
import { type OpenedFile, openFile } from "./open.ts";
import { coverage, type Span } from "./plan.ts";
import { allRows, boundedBlob, bytesAt, numberAt, oneRow, type Row } from "./rows.ts";
import { chunkTableName, type Resolution, resolutions } from "./schema.ts";
import { type Connection, errorCode, readFailure } from "./sqlite.ts";
import { eventsIn, keysAreOurs, readTotals } from "./totals.ts";

/** What happened in the `resolution` up to `t`. */
export interface StoredChunk {
  readonly resolution: Resolution;
  readonly t: Milliseconds;
  readonly deltas: RawDeltas;
}
export interface ChunkSums {
  readonly t: Milliseconds;
  readonly allocations: number;
  readonly frees: number;
  readonly allocatedBytes: number;
  readonly freedBytes: number;
}
const chunkQuery = (columns: string, of: Resolution) =>
  `SELECT ${columns} FROM ${chunkTableName(of)} WHERE t > ? AND t <= ? ORDER BY t`;
const kindsOf = (resolution: Resolution) => `${resolution / 1000} s`;

/** One snapshot of the file, held until `close`: close it soon, a recorder's WAL grows meanwhile. */
export class RecordingReader {
  readonly path: string;
  readonly file: OpenedFile;
  readonly facts: Facts;
  readonly names: Names;
  /** What each key adds up to, keys ascending. */
  readonly totals: RawDeltas;
  readonly #connection: Connection;
  readonly #status: StatusRow;
  readonly #kept: (resolution: Resolution) => number;
  #damaged = 0;

  /** @throws SQLite's errors, which `openRecording` turns into a failure. */
  constructor(path: string, file: OpenedFile) {
    this.path = path;
    this.file = file;
    this.#connection = file.connection;
    this.#status = readStatus(file.connection);
    this.#kept = readKept(file.connection);
    this.facts = readFacts(file.connection);
    this.names = readNames(file.connection);
    this.totals = readTotals(file.connection, this.chunks(60_000, this.#status.totalsT));
  }

  get duration(): Milliseconds {
    return milliseconds(this.#status.t);
  }

  recording(): RecordingFacts {
    const { startedAt, collected } = this.facts;
    const stored = balance(this.#status.produced, this.#status.dropped, eventsIn(this.totals));
    return {
      startedAt,
      seconds: this.#status.t / 1000,
      status: this.file.status,
      collected,
      ...stored,
      notObserved: this.#notObserved(),
    };
  }

  /** From second `start` on, each moment once: chunks of this resolution, coarser or finer where it is not there. */
  *chunks(resolution: Resolution, start = 0): Generator<StoredChunk> {
    for (const span of this.#coverage(resolution, start)) {
      for (const row of this.#rows(`t, records, crc, ${boundedBlob("deltas")}`, span)) {
        const deltas = this.#deltasOf(row);
        if (deltas) yield { resolution: span.resolution, t: milliseconds(numberAt(row, 0)), deltas };
      }
    }
  }

  /** As `chunks`, the sum over all keys of each. */
  *sums(resolution: Resolution): Generator<ChunkSums> {
    for (const span of this.#coverage(resolution, 0)) {
      for (const row of this.#rows("t, allocations, frees, allocated_bytes, freed_bytes", span)) {
        const [allocations, frees, allocatedBytes, freedBytes] = [1, 2, 3, 4].map((column) => numberAt(row, column));
        yield {
          t: milliseconds(numberAt(row, 0)),
          allocations: allocations ?? 0,
          frees: frees ?? 0,
          allocatedBytes: allocatedBytes ?? 0,
          freedBytes: freedBytes ?? 0,
        };
      }
    }
  }

  /** Whether the file still says what its recorder sealed. A file that was not closed has no seal. */
  verify(): "verified" | "unverified" | "damaged" {
    if (this.#status.manifest === undefined) return "unverified";
    try {
      return manifestOf(this.#connection) === this.#status.manifest ? "verified" : "damaged";
    } catch (error) {
      return readFailure(error, this.path).ok ? "verified" : "damaged";
    }
  }

  close(): void {
    this.#connection.close();
  }

  #coverage(resolution: Resolution, start: number): readonly Span[] {
    const lastOf = (of: Resolution): number =>
      numberAt(oneRow(this.#connection.prepare(`SELECT max(t) FROM ${chunkTableName(of)}`)) ?? [], 0);
    return coverage(resolution, start, this.#kept, lastOf);
  }

  /** Rows up to where the file can be read; a page that cannot counts as one damaged chunk. */
  *#rows(columns: string, { resolution, from, to }: Span): Generator<Row> {
    try {
      yield* allRows(this.#connection.prepare(chunkQuery(columns, resolution)), from, to);
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      this.#damaged++;
    }
  }

  #deltasOf(row: Row): RawDeltas | undefined {
    try {
      const bytes = bytesAt(row, 3);
      const deltas = crc32(bytes) === numberAt(row, 2) ? decodeDeltas(bytes, numberAt(row, 1)) : undefined;
      if (deltas && keysAreOurs(deltas)) return deltas;
    } catch (error) {
      if (!(error instanceof WireError || error instanceof RangeError)) throw error;
    }
    this.#damaged++;
    return undefined;
  }

  #notObserved(): string[] {
    const notes = readNotes(this.#connection);
    const seconds = this.#status.t / 1000;
    if (this.file.status === "recovered")
      notes.push(`The recorder ended early: what happened after ${seconds.toFixed(1)} s is not here.`);
    for (const resolution of resolutions) {
      const kept = this.#kept(resolution) / 1000;
      if (kept > 0)
        notes.push(
          `Detail of ${kindsOf(resolution)} is kept from ${kept} s on: what came before was taken out to keep the file small.`,
        );
    }
    if (this.#damaged > 0) notes.push(`${this.#damaged} damaged parts of the file were left out.`);
    return notes;
  }
}

export function openRecording(path: string): Result<RecordingReader> {
  const file = openFile(path);
  if (!file.ok) return file;
  try {
    return ok(new RecordingReader(path, file.value));
  } catch (error) {
    file.value.connection.close();
    return readFailure(error, path);
  }
}
