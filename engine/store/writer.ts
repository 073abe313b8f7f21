// Names, chunks and counts in, rows out; every method is called inside `transaction`. Next: a .refscope file.

import type {
  Domain,
  EventCounts,
  RawCode,
  RawDeltas,
  RawKey,
  RawModule,
  RawSite,
  RawType,
} from "../../shared/records.ts";
import { domains } from "../../shared/records.ts";
import { AuditWriter } from "./audit-writer.ts";
import { encodeNumbers } from "./deltas.ts";
import { ErrorWriter } from "./error-writer.ts";
import { GilWriter } from "./gil-writer.ts";
import { HeapWriter } from "./heap-writer.ts";
import { hexadecimal } from "./hexadecimal.ts";
import { HistoryWriter } from "./history-writer.ts";
import { pageBytes, type Resolution } from "./schema.ts";
import type { Connection } from "./sqlite.ts";
import { type ChunkStatements, chunkStatements, type WriteStatements, writeStatements } from "./statements.ts";
import { type StoredMark, writeMarks } from "./stored-marks.ts";
import { Trimmer } from "./trim.ts";

export interface Chunk {
  readonly resolution: Resolution;
  /** Milliseconds since the recording began, at the chunk's end; later than the one before. */
  readonly t: number;
  readonly deltas: RawDeltas;
  readonly bytes: Uint8Array;
  readonly crc: number;
}
export interface Status {
  readonly t: number;
  readonly sequence: number;
  readonly produced: EventCounts;
  readonly dropped: EventCounts;
  readonly stored: EventCounts;
}
export interface NativeSymbol {
  readonly module: string;
  readonly function: string | undefined;
  readonly offset: number;
}

/** What goes through them on its way into the file. */
export interface Masks {
  name(text: string): string;
  /** What people wrote. */
  text(text: string): string;
  /** Keeps its length. */
  bytes(part: Uint8Array): Uint8Array;
}
const unmasked: Masks = { name: (text) => text, text: (text) => text, bytes: (part) => part };

export class RecordingWriter {
  readonly connection: Connection;
  readonly gil: GilWriter;
  readonly errors: ErrorWriter;
  readonly audit: AuditWriter;
  readonly history: HistoryWriter;
  readonly heap: HeapWriter;
  readonly trim: Trimmer;
  readonly #masks: Masks;
  readonly #put: WriteStatements;
  readonly #chunks: Readonly<Record<Resolution, ChunkStatements>>;
  /** Texts and their row ids; a text whose transaction fails is forgotten with it. */
  readonly #names = new Map<string, number>();
  #fresh: string[] = [];

  constructor(connection: Connection, masks: Masks = unmasked) {
    this.connection = connection;
    this.#masks = masks;
    this.gil = new GilWriter(connection, (text) => this.#name(text));
    this.trim = new Trimmer(connection);
    this.errors = new ErrorWriter(connection, (text) => this.#name(text));
    this.audit = new AuditWriter(connection, (text) => this.#name(text));
    this.history = new HistoryWriter(connection, (text) => this.#name(text));
    this.heap = new HeapWriter(connection, masks.bytes);
    this.#put = writeStatements(connection);
    const chunks = (resolution: Resolution) => chunkStatements(connection, resolution);
    this.#chunks = { 100: chunks(100), 1000: chunks(1000), 10000: chunks(10_000), 60000: chunks(60_000) };
  }

  /** All of `write` or nothing of it. */
  transaction(write: () => void): void {
    this.#put.begin.run();
    try {
      write();
      this.#put.commit.run();
    } catch (error) {
      if (this.connection.inTransaction) this.#put.rollback.run();
      for (const text of this.#fresh) this.#names.delete(text);
      throw error;
    } finally {
      this.#fresh = [];
    }
  }

  code(code: RawCode): void {
    this.#put.code.run(code.id, this.#name(code.function), this.#name(code.file), code.firstLine, code.lineTable);
  }
  type(type: RawType): void {
    this.#put.type.run(type.id, this.#name(type.name));
  }
  module(module: RawModule): void {
    this.#put.module.run(hexadecimal(module.base), module.size, this.#name(module.path));
  }
  site(site: RawSite): void {
    this.#put.site.run(
      site.id,
      hexadecimal(site.native),
      encodeNumbers(site.frames.flatMap((f) => [f.code, f.instruction])),
    );
  }
  symbol(address: bigint, symbol: NativeSymbol): void {
    const name = symbol.function === undefined ? null : this.#name(symbol.function);
    this.#put.symbol.run(hexadecimal(address), this.#name(symbol.module), name, symbol.offset);
  }
  key(key: RawKey): void {
    this.#put.key.run(key.id, key.type, key.site, domainNumber(key.domain));
  }
  note(text: string): void {
    this.#put.note.run(text);
  }
  source(file: string, hash: string, lines: readonly { readonly line: number; readonly text: string }[]): void {
    const id = this.#name(file);
    this.#put.sourceFile.run(id, hash);
    for (const { line, text } of lines) this.#put.sourceText.run(id, line, text);
  }

  /** Instead of those that are there. */
  marks(marks: readonly StoredMark[]): void {
    writeMarks(
      this.connection,
      marks.map((mark) => ({ ...mark, name: this.#masks.text(mark.name) })),
    );
  }

  chunk({ resolution, t, deltas, bytes, crc }: Chunk): void {
    const { length, allocations, frees, allocatedBytes, freedBytes } = deltas;
    this.#chunks[resolution].put.run(
      t,
      length,
      sum(allocations),
      sum(frees),
      sum(allocatedBytes),
      sum(freedBytes),
      crc,
      bytes,
    );
  }

  /** Totals of keys up to and with `t`. */
  totals(rows: RawDeltas, t: number): void {
    const { key, allocations, frees, allocatedBytes, freedBytes } = rows;
    for (let row = 0; row < rows.length; row++) {
      this.#put.total.run(key[row], allocations[row], frees[row], allocatedBytes[row], freedBytes[row]);
    }
    this.#put.totalsTime.run(t);
  }

  status({ t, sequence, produced, dropped, stored }: Status): void {
    const { allocations, frees } = produced;
    this.#put.status.run(
      Date.now(),
      t,
      sequence,
      allocations,
      frees,
      dropped.allocations,
      dropped.frees,
      stored.allocations,
      stored.frees,
    );
    for (const kind of ["holds", "errors"] as const)
      this.#put.counted.run(kind, produced[kind], dropped[kind], stored[kind]);
  }

  /** Takes chunks out up to and with `t`; what they add up to is in the coarser ones. */
  forget(resolution: Resolution, t: number): void {
    this.#chunks[resolution].forget.run(t);
    this.#put.kept.run(resolution, t);
  }
  /** End of the oldest chunk of a resolution; undefined when there is none. */
  oldest(resolution: Resolution): number | undefined {
    const t = this.#chunks[resolution].oldest.get();
    return typeof t === "number" ? t : undefined;
  }
  close(manifest: string): void {
    this.#put.close.run(manifest);
  }

  /** Bytes in use: pages that were freed are written again before the file grows. */
  usedBytes(): number {
    const pragma = (name: string) => Number(this.connection.pragma(name, { simple: true }));
    return (pragma("page_count") - pragma("freelist_count")) * pageBytes;
  }

  #name(text: string): number {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const id = Number(this.#put.name.run(this.#masks.name(text)).lastInsertRowid);
    this.#names.set(text, id);
    this.#fresh.push(text);
    return id;
  }
}

/** Index of a domain on the wire and in the file. */
const domainNumber = (domain: Domain): number => domains.indexOf(domain);

function sum(column: Float64Array): number {
  let total = 0;
  for (let row = 0; row < column.length; row++) total += column[row] ?? 0;
  return total;
}
