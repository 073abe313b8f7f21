// A path in; what a recording holds, out: one being written, a closed one, a recovered one. Next: engine/analysis.
import type { DiagnosisDocument } from "../../shared/diagnosis-document.ts";
import type { RecordingFacts } from "../../shared/documents.ts";
import { ok, type Result } from "../../shared/failures.ts";
import type { RawDeltas } from "../../shared/records.ts";
import { type Milliseconds, milliseconds } from "../../shared/units.ts";
import { decodeDeltas } from "../../shared/wire.ts";
import type { AuditReader, SourceLines } from "./audit-reader.ts";
import { balance, collectedCounts } from "./balance.ts";
import { DeltaNumbers, keysOurs } from "./delta-numbers.ts";
import type { CallTotals, ErrorReader } from "./error-reader.ts";
import {
  type Facts,
  hasHeap,
  readFacts,
  readKept,
  readSampled,
  readStatus,
  readTrimmed,
  type StatusRow,
} from "./facts.ts";
import type { GilReader } from "./gil-reader.ts";
import type { HistoryReader } from "./history-reader.ts";
import { Damage, intact } from "./intact.ts";
import { manifestOf } from "./manifest.ts";
import { type Names, readNames } from "./names.ts";
import { notObserved } from "./not-observed.ts";
import { type OpenedFile, openFile } from "./open.ts";
import { coarsestBetween, coverage, type Span } from "./plan.ts";
import { boundedBlob, bytesAt, numberAt, oneRow, type Row, readableRows, type Source } from "./rows.ts";
import { chunkTableName, type Resolution, resolutions } from "./schema.ts";
import { holdChunks } from "./schema-gil.ts";
import { sealOf } from "./seal.ts";
import { type Connection, readFailure } from "./sqlite.ts";
import { readSourceLines, StoredAudit } from "./stored-audit.ts";
import { readDiagnosis } from "./stored-diagnosis.ts";
import { readCalls, StoredErrors } from "./stored-errors.ts";
import { StoredGil } from "./stored-gil.ts";
import { StoredHeap } from "./stored-heap.ts";
import { StoredHistory } from "./stored-history.ts";
import { readMarks, type StoredMark } from "./stored-marks.ts";
import { readSource, type StoredLines } from "./stored-source.ts";
import { eventsIn, keysAreOurs, readTotals } from "./totals.ts";

/** What happened in the `resolution` up to `t`. */
export interface StoredChunk {
  readonly resolution: Resolution;
  readonly t: Milliseconds;
  readonly deltas: RawDeltas;
}
/** The same, without columns of its own. */
export interface StoredChanges extends Omit<StoredChunk, "deltas"> {
  readonly length: number;
  readonly numbers: Float64Array;
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

/** One snapshot of the file, held until `close`: close it soon, a recorder's WAL grows meanwhile. */
export class RecordingReader {
  readonly path: string;
  readonly file: OpenedFile;
  readonly facts: Facts;
  readonly names: Names;
  /** What each key adds up to, keys ascending. */
  readonly totals: RawDeltas;
  /** Undefined when the recording did not collect it; the same for `errors`. */
  readonly gil: GilReader | undefined;
  readonly errors: ErrorReader | undefined;
  readonly audit: AuditReader | undefined;
  readonly history: HistoryReader | undefined;
  /** Undefined in a recording that knows no snapshots. */
  readonly heap: StoredHeap | undefined;
  readonly #connection: Connection;
  readonly #status: StatusRow;
  readonly #kept: (resolution: Resolution) => number;
  readonly #trimmed: (name: string) => number;
  readonly #source: Source;

  /** @throws SQLite's errors, which `openRecording` turns into a failure. */
  constructor(path: string, file: OpenedFile) {
    this.path = path;
    this.file = file;
    this.#connection = file.connection;
    this.#source = { connection: file.connection, damage: new Damage() };
    this.#status = readStatus(file.connection);
    this.#kept = readKept(file.connection);
    this.#trimmed = readTrimmed(file.connection);
    this.facts = readFacts(file.connection);
    this.names = readNames(file.connection);
    this.totals = readTotals(file.connection, this.chunks(60_000, this.#status.totalsT));
    const { format } = file;
    const source = { ...this.#source, trimmed: this.#trimmed };
    const collected = (what: string) => format > 1 && this.facts.collected.includes(what);
    this.gil = collected("gil") ? new StoredGil(source, this.facts.gilThresholdMs ?? 0) : undefined;
    this.errors = collected("errors") ? new StoredErrors(this.#source) : undefined;
    this.audit = collected("references") ? new StoredAudit(this.#source, this.facts.audit) : undefined;
    this.heap = hasHeap(file.connection) ? new StoredHeap(this.#source) : undefined;
    this.history = collected("history") ? new StoredHistory(this.#source) : undefined;
  }

  get duration(): Milliseconds {
    return milliseconds(this.#status.t);
  }

  recording(): RecordingFacts {
    const { startedAt, collected } = this.facts;
    const { produced, dropped, stored: said } = this.#status;
    const counts = balance(produced, dropped, { ...said, ...eventsIn(this.totals) });
    return {
      startedAt,
      seconds: this.#status.t / 1000,
      status: this.file.status,
      collected,
      produced: { ...collectedCounts(counts.produced, collected), ...this.#changes("produced") },
      stored: { ...collectedCounts(counts.stored, collected), ...this.#changes("stored") },
      dropped: { ...collectedCounts(counts.dropped, collected), ...this.#changes("dropped") },
      notObserved: [...this.#notObserved()],
    };
  }

  sampled(): { readonly made: number; readonly missed: number } {
    return readSampled(this.#connection);
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

  /** The ends of the finest chunks that are kept between which a time lies, and 0; undefined after the last. */
  endsAround(time: number): readonly [number, number | undefined] {
    let [before, after]: [number, number | undefined] = [0, undefined];
    for (const { resolution, from, to } of this.#coverage(resolutions[0], 0)) {
      const end = (which: string, low: number, high: number) =>
        numberAt(
          oneRow(
            this.#connection.prepare(
              `SELECT ${which}(t) FROM ${chunkTableName(resolution)} WHERE t > ${Math.floor(low)} AND t <= ${Math.floor(high)}`,
            ),
          ) ?? [],
          0,
        );
      before = Math.max(before, end("max", from, Math.min(to, time)));
      after ??= end("min", Math.max(from, time), to) || undefined;
    }
    return [before, after];
  }

  /** Milliseconds up to which only the totals are kept. */
  get totalsAloneTo(): Milliseconds {
    return milliseconds(this.#kept(60_000));
  }

  /** As `chunks`, as numbers one after another (delta-numbers.ts), which are overwritten by the next chunk's. */
  changes(resolution: Resolution, start = 0): Generator<StoredChanges> {
    return this.#changesIn(this.#coverage(resolution, start));
  }

  /** What lies between two ends of chunks, 0 or what `endsAround` gave; the coarsest chunks that fit. */
  changesBetween(from: number, to: number): Generator<StoredChanges> {
    return this.#changesIn(coarsestBetween(resolutions, [from, to], this.#kept, this.#lastOf));
  }

  *#changesIn(spans: readonly Span<Resolution>[]): Generator<StoredChanges> {
    const decoder = new DeltaNumbers();
    for (const span of spans) {
      for (const row of this.#rows(`t, records, crc, ${boundedBlob("deltas")}`, span)) {
        const length = numberAt(row, 1);
        const read = (bytes: Uint8Array) => keysOurs(decoder.of(bytes, length), length);
        const numbers = intact(this.#source.damage, numberAt(row, 2), () => bytesAt(row, 3), read);
        if (numbers) yield { resolution: span.resolution, t: milliseconds(numberAt(row, 0)), length, numbers };
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

  /** Whether the rows still are what its recorder sealed; verify.ts looks at all of the file. One that was not closed has no seal. */
  verify(): "verified" | "unverified" | "damaged" {
    const { manifest } = this.#status;
    if (manifest === undefined) return "unverified";
    try {
      return manifestOf(this.#connection) === sealOf(manifest)?.rows ? "verified" : "damaged";
    } catch (error) {
      return readFailure(error, this.path).ok ? "verified" : "damaged";
    }
  }

  /** The verdict that it keeps. */
  diagnosis(): DiagnosisDocument | undefined {
    return readDiagnosis(this.#source);
  }

  /** In order of time. */
  marks(): readonly StoredMark[] {
    return readMarks(this.#source);
  }

  /** Calls of the C API that were counted. */
  calls(): readonly CallTotals[] {
    return this.file.format > 1 ? readCalls(this.#source) : [];
  }

  /** Lines of a file as it is named here; undefined where none of them is kept. */
  source(file: string, from: number, to: number): StoredLines | undefined {
    return readSource(this.#source, file, from, to);
  }

  /** Of the addresses that have one. */
  sourceLines(): SourceLines {
    return this.file.format > 1 ? readSourceLines(this.#source) : new Map();
  }

  /** Chunks that were left out of what was asked so far. */
  get damagedParts(): number {
    return this.#source.damage.parts;
  }

  /** Between questions about a closed recording: nobody who writes to it waits for us. Whoever goes on sees to it that the file is the same. */
  rest(): void {
    if (this.#connection.inTransaction) this.#connection.exec("COMMIT");
  }
  goOn(): void {
    if (!this.#connection.inTransaction) this.#connection.exec("BEGIN");
  }

  close(): void {
    this.#connection.close();
  }

  #changes(of: "produced" | "stored" | "dropped"): { changes?: number } {
    return this.history ? { changes: this.history.objects.reduce((sum, object) => sum + object[of], 0) } : {};
  }

  #coverage(resolution: Resolution, start: number): readonly Span<Resolution>[] {
    return coverage(resolutions, resolution, start, this.#kept, this.#lastOf);
  }

  readonly #lastOf = (of: Resolution): number =>
    numberAt(oneRow(this.#connection.prepare(`SELECT max(t) FROM ${chunkTableName(of)}`)) ?? [], 0);

  #rows(columns: string, { resolution, from, to }: Span<Resolution>): Generator<Row> {
    return readableRows(this.#source, chunkQuery(columns, resolution), from, to);
  }

  #deltasOf(row: Row): RawDeltas | undefined {
    return intact(
      this.#source.damage,
      numberAt(row, 2),
      () => bytesAt(row, 3),
      (bytes) => {
        const deltas = decodeDeltas(bytes, numberAt(row, 1));
        return keysAreOurs(deltas) ? deltas : undefined;
      },
    );
  }

  #notObserved(): readonly string[] {
    const trimmed = { kept: this.#kept, holds: this.#trimmed(holdChunks) };
    return notObserved(this.#source, this.file.status, this.#status.t, trimmed);
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
