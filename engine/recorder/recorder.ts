// One batch in, one transaction out. Next: engine/store/writer.ts.
import { statSync } from "node:fs";
import type { AbiModule } from "../../shared/abi-document.ts";
import type { DisarmReply } from "../../shared/agent-protocol.ts";
import type { SourceLine } from "../../shared/audit-records.ts";
import { type Failure, fail, failed, failure, ok, type Result } from "../../shared/failures.ts";
import { type EventCounts, eventKinds, type RawBatch } from "../../shared/records.ts";
import { type Bytes, bytes, type PerSecond, type Seconds, seconds } from "../../shared/units.ts";
import { createRecording, type NewRecording } from "../store/create.ts";
import { endRecording, finishRecording } from "../store/finish.ts";
import type { Reserve } from "../store/reserve.ts";
import { resolutions } from "../store/schema.ts";
import { sealInThread } from "../store/seal-thread.ts";
import { writeFailure } from "../store/sqlite.ts";
import { type NativeSymbol, RecordingWriter } from "../store/writer.ts";
import { AuditRecorder } from "./audit-recorder.ts";
import { type Definitions, nativeAddresses, nonsenseIn, writeNames } from "./definitions.ts";
import { ErrorRecorder } from "./error-recorder.ts";
import { GilRecorder } from "./gil-recorder.ts";
import { type ChangeCounts, HistoryRecorder } from "./history-recorder.ts";
import { Ledger } from "./ledger.ts";
import { Levels } from "./levels.ts";
import { metaOf, type RecorderOptions } from "./options.ts";
import { masksOf, privatePath, privateText } from "./privacy.ts";
import { Rate } from "./rate.ts";
import { Retention } from "./retention.ts";
import { keepSources } from "./source-recorder.ts";

export interface RecorderState {
  readonly collected: readonly string[];
  readonly seconds: Seconds;
  readonly bytes: Bytes;
  readonly produced: EventCounts;
  readonly stored: EventCounts;
  readonly dropped: EventCounts;
  /** Changes of reference counts; undefined where no object is followed. */
  readonly changes: ChangeCounts | undefined;
  /** Events a second over the last second. */
  readonly rate: PerSecond;
  /** It has come to its largest size: the oldest detail made room. */
  readonly trimmed: boolean;
}

/** How far over its limit a recording may be before it ends: what one minute at its coarsest needs. */
const slackBytes = 2 ** 20;
const drainMs = resolutions[0];
const latestFirstMs = 10_000;
const gibibyte = 2 ** 30;
export const defaultThresholdMs = 10;

export function openRecorder(options: RecorderOptions): Result<Recorder> {
  const created = createRecording(options.path, metaOf(options, thresholdOf(options)), options.maxBytes);
  return created.ok ? ok(new Recorder(options, created.value)) : created;
}

/** The recording began a drain before its first batch, or earlier when that was late: no hold of it is from before the start. */
const originOf = ({ time, holds, changes }: RawBatch): number =>
  Math.max(
    time - latestFirstMs * 1e6,
    Math.min(time - drainMs * 1e6, holds.released[0] ?? time, changes.time[0] ?? time),
  );

const thresholdOf = ({ gilThresholdMs }: RecorderOptions): number => gilThresholdMs ?? defaultThresholdMs;

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #besideBytes: number;
  readonly #reserve: Reserve;
  readonly #writer: RecordingWriter;
  readonly #ledger = new Ledger();
  readonly #levels = new Levels();
  readonly #rate = new Rate();
  readonly #gil: GilRecorder;
  readonly #errors: ErrorRecorder;
  readonly #audit: AuditRecorder;
  readonly #history = new HistoryRecorder();
  readonly #retention: Retention;
  readonly #unnamed = new Set<bigint>();
  #notes: string[] = [];
  #symbols: { readonly address: bigint; readonly symbol: NativeSymbol }[] = [];
  #origin: number | undefined;
  #t = 0;
  /** A batch is in the sums and not in the file: what they say from here on is not so. */
  #torn = false;
  #trimmed = false;
  #ended: Failure | undefined;
  #finished: Result<void> | undefined;

  constructor(options: RecorderOptions, { connection, reserve, besideBytes }: NewRecording) {
    this.#options = options;
    this.#besideBytes = besideBytes;
    this.#reserve = reserve;
    this.#writer = new RecordingWriter(connection, masksOf(options.privacy));
    this.#gil = new GilRecorder(thresholdOf(options), options.privacy);
    this.#errors = new ErrorRecorder(options.privacy);
    this.#audit = new AuditRecorder(options.privacy);
    this.#retention = new Retention(
      this.#writer,
      (resolution) => this.#levels.coveredTo(resolution),
      () => this.#t,
    );
  }

  /** Stores a batch whole or, on a failure, nothing of it. A batch that is stored already is fine. */
  apply(batch: RawBatch, definitions: Definitions): Result<void> {
    if (this.#ended) return failed(this.#ended);
    if (batch.sequence <= this.#ledger.sequence) return ok(undefined);
    const nonsense = nonsenseIn(batch);
    if (nonsense) return fail("bug", { what: `batch ${batch.sequence} names ${nonsense}` });
    this.#origin ??= originOf(batch);
    const origin = this.#origin;
    const t = Math.max(this.#t + 1, Math.round((batch.time - origin) / 1e6));
    return this.#orEnd(() => this.#store(batch, definitions, { t, origin }));
  }

  /** CLOCK_MONOTONIC nanoseconds of its start; undefined before the first batch. */
  get origin(): number | undefined {
    return this.#origin;
  }
  /** What is written beside batches, in a transaction of its own. */
  beside(write: (writer: RecordingWriter) => void): Result<void> {
    if (this.#ended) return failed(this.#ended);
    return this.#orEnd(() => this.#writer.transaction(() => write(this.#writer)));
  }

  /** A sentence for `recording.notObserved`; written with the next batch. */
  note(notObserved: string): void {
    this.#notes.push(privateText(notObserved, this.#options.privacy));
  }

  /** Native addresses of sites that have no name yet. */
  unresolvedNative(): readonly bigint[] {
    return [...this.#unnamed];
  }
  /** Where an address stands in the source; the innermost of what was inlined there first. */
  sourceLine(address: bigint, chain: readonly SourceLine[]): void {
    this.#audit.line(address, chain);
  }
  /** What the file of an audited module asks of CPython's ABI. */
  abi(module: AbiModule): void {
    this.#audit.abi(module);
  }
  nameNative(address: bigint, symbol: NativeSymbol): void {
    this.#unnamed.delete(address);
    this.#symbols.push({ address, symbol: { ...symbol, module: privatePath(symbol.module, this.#options.privacy) } });
  }

  state(): RecorderState {
    return {
      collected: this.#options.collected,
      seconds: seconds(this.#t / 1000),
      bytes: this.#bytes(),
      changes: this.#history.counts,
      rate: this.#rate.perSecond,
      trimmed: this.#trimmed,
      ...this.#ledger.counts(),
    };
  }

  /** Closes the file, also after a failure; once. `source` is undefined when the target could not be asked. */
  finish(source: DisarmReply | undefined): Result<void> {
    this.#finished ??= this.#close(source, finishRecording);
    return this.#finished;
  }

  /** The same; a large file is sealed by `seal` beside everything else that goes on. Nothing more is stored from the call on. */
  async finishAside(
    source: DisarmReply | undefined,
    seal: (path: string) => Promise<Result<void>> = sealInThread,
    largeBytes = 32 * 2 ** 20,
  ): Promise<Result<void>> {
    if (this.#finished || this.#bytes() < largeBytes) return this.finish(source);
    this.#finished = this.#close(source, endRecording);
    if (this.#finished.ok) this.#finished = await seal(this.#options.path);
    return this.#finished;
  }

  #close(source: DisarmReply | undefined, close: typeof finishRecording): Result<void> {
    this.#levels.close(Number.POSITIVE_INFINITY);
    // Before the rest: on a full disk what is reserved is not for this.
    this.beside((writer) => {
      // Lines that came after the last batch name source as well.
      this.#audit.writePending(writer);
      keepSources(writer, this.#levels, this.#options);
    });
    const status = { t: this.#t, sequence: this.#ledger.sequence, ...this.#ledger.counts(source) };
    this.#ended ??= failure("bug", { what: "a batch after the recording was finished" });
    return close(this.#options.path, this.#writer, this.#reserve, () => {
      if (!this.#torn) this.#gil.finish(this.#writer, this.#t, this.#origin ?? 0);
      for (const remark of [...this.#ledger.remarks(source), ...this.#gil.remarks()]) this.note(remark);
      this.#writePending();
      this.#writer.status(status);
    });
  }

  #store(batch: RawBatch, definitions: Definitions, at: { readonly t: number; readonly origin: number }): void {
    const { t } = at;
    this.#levels.close(t);
    this.#writer.transaction(() => {
      writeNames(this.#writer, batch, definitions, this.#options.privacy);
      const { deltas, deltaBytes, deltaCrc } = batch;
      this.#writer.chunk({ resolution: drainMs, t, deltas, bytes: deltaBytes, crc: deltaCrc });
      this.#gil.writeRaw(this.#writer, batch, definitions, at);
      this.#errors.writeRaw(this.#writer, batch, definitions, t);
      this.#audit.write(this.#writer, definitions);
      this.#history.writeRaw(this.#writer, batch, definitions, at);
      this.#writePending();
      this.#writer.status({ t, sequence: batch.sequence, ...this.#ledger.with(batch) });
      this.#torn = true;
      this.#gil.writeSums(this.#writer, batch, at);
      this.#errors.writeSums(this.#writer, batch);
      this.#history.writeSums(this.#writer, batch);
    });
    this.#torn = false;
    this.#committed(batch, definitions, t);
    this.#makeRoom();
  }

  #writePending(): void {
    for (const chunk of this.#levels.closed) this.#writer.chunk(chunk);
    for (const { rows, t } of this.#levels.totals) this.#writer.totals(rows, t);
    for (const note of this.#notes) this.#writer.note(note);
    for (const { address, symbol } of this.#symbols) this.#writer.symbol(address, symbol);
    this.#audit.writePending(this.#writer);
  }

  #committed(batch: RawBatch, definitions: Definitions, t: number): void {
    this.#levels.committed();
    this.#notes = [];
    this.#symbols = [];
    this.#audit.committed();
    this.#levels.add(batch.deltas, t);
    this.#ledger.add(batch);
    for (const address of nativeAddresses(batch, definitions)) this.#unnamed.add(address);
    this.#t = t;
    this.#rate.add(
      t,
      eventKinds.reduce((sum, kind) => sum + batch.produced[kind], 0),
    );
  }

  #makeRoom(): void {
    const { maxBytes, maxHoldBytes, path } = this.#options;
    if (this.#writer.gil.holdBytes > (maxHoldBytes ?? gibibyte))
      this.#writer.transaction(() => {
        this.#retention.forgetHolds();
        this.#writer.gil.holdBytes = this.#writer.trim.holdBytes();
      });
    if (maxBytes === undefined) return;
    const over = () => this.#writer.usedBytes() + this.#besideBytes - maxBytes;
    if (over() <= 0) return;
    this.#trimmed = true;
    this.#writer.transaction(() => {
      while (over() > 0 && this.#retention.forgetOldest());
    });
    if (over() > slackBytes) this.#ended = failure("size-limit", { path });
  }

  /** A disk that is full ends the recording: the room that is reserved is for finishing it. A batch that is wrong is refused alone. */
  #orEnd(write: () => void): Result<void> {
    try {
      write();
      return ok(undefined);
    } catch (error) {
      const result = writeFailure(error, this.#options.path);
      if (!result.ok && (this.#torn || result.failure.code !== "bug")) this.#ended = result.failure;
      return result;
    }
  }

  #bytes(): Bytes {
    const size = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    return bytes(size(this.#options.path) + size(`${this.#options.path}-wal`));
  }
}
