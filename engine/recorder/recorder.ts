// One batch in, one transaction out. Next: engine/store/writer.ts.
import { statSync } from "node:fs";
import type { DisarmReply } from "../../shared/agent-protocol.ts";
import type { TargetFacts } from "../../shared/documents.ts";
import { type Failure, fail, failed, failure, ok, type Result } from "../../shared/failures.ts";
import type { EventCounts, RawBatch, RawCode, RawModule, RawType } from "../../shared/records.ts";
import { type Bytes, bytes, type PerSecond, type Seconds, seconds } from "../../shared/units.ts";
import { createRecording, type NewRecording } from "../store/create.ts";
import { finishRecording } from "../store/finish.ts";
import { ownIdentity } from "../store/identity.ts";
import type { Reserve } from "../store/reserve.ts";
import { resolutions } from "../store/schema.ts";
import { writeFailure } from "../store/sqlite.ts";
import { type NativeSymbol, RecordingWriter } from "../store/writer.ts";
import { Ledger } from "./ledger.ts";
import { Levels } from "./levels.ts";
import { type Privacy, privateCode, privatePath, privateTarget } from "./privacy.ts";
import { Rate } from "./rate.ts";
import { forgetOldest } from "./retention.ts";

export interface Definitions {
  readonly codes: readonly RawCode[];
  readonly types: readonly RawType[];
  readonly modules: readonly RawModule[];
}
export interface RecorderOptions {
  readonly path: string;
  readonly target: TargetFacts;
  readonly collected: readonly string[];
  readonly startedAt: Date;
  readonly privacy: Privacy;
  readonly maxBytes?: Bytes;
}
export interface RecorderState {
  readonly seconds: Seconds;
  readonly bytes: Bytes;
  readonly produced: EventCounts;
  readonly stored: EventCounts;
  readonly dropped: EventCounts;
  /** Events a second over the last second. */
  readonly rate: PerSecond;
}

/** Keys are numbered from 0 or 1 on; more of them than this is not what our agent counts. */
const mostKeys = 1 << 22;
/** How far over its limit a recording may be before it ends: what one minute at its coarsest needs. */
const slackBytes = 2 ** 20;
const drainMs = resolutions[0];

export function openRecorder(options: RecorderOptions): Result<Recorder> {
  const target = privateTarget(options.target, options.privacy);
  const writer = ownIdentity();
  const meta = {
    startedAt: options.startedAt.toISOString(),
    collected: JSON.stringify(options.collected),
    privacy: options.privacy,
    "target.pid": String(target.pid),
    "target.executable": target.executable,
    "target.command": target.command,
    "target.python": target.python,
    "target.build": JSON.stringify(target.build),
    "target.platform": target.platform,
    "writer.where": writer.where,
    "writer.pid": String(writer.pid),
    "writer.start": writer.startTicks,
  };
  const created = createRecording(options.path, meta, options.maxBytes);
  return created.ok ? ok(new Recorder(options, created.value)) : created;
}

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #besideBytes: number;
  readonly #reserve: Reserve;
  readonly #writer: RecordingWriter;
  readonly #ledger = new Ledger();
  readonly #levels = new Levels();
  readonly #rate = new Rate();
  readonly #unnamed = new Set<bigint>();
  #notes: string[] = [];
  #symbols: { readonly address: bigint; readonly symbol: NativeSymbol }[] = [];
  #origin: number | undefined;
  #t = 0;
  #ended: Failure | undefined;
  #finished: Result<void> | undefined;

  constructor(options: RecorderOptions, { connection, reserve, besideBytes }: NewRecording) {
    this.#options = options;
    this.#besideBytes = besideBytes;
    this.#reserve = reserve;
    this.#writer = new RecordingWriter(connection);
  }

  /** Stores a batch whole or, on a failure, nothing of it. A batch that is stored already is fine. */
  apply(batch: RawBatch, definitions: Definitions): Result<void> {
    if (this.#ended) return failed(this.#ended);
    if (batch.sequence <= this.#ledger.sequence) return ok(undefined);
    if ((batch.deltas.key[batch.deltas.length - 1] ?? 0) >= mostKeys)
      return fail("bug", { what: `batch ${batch.sequence} names a key past ${mostKeys}` });
    this.#origin ??= batch.time - drainMs * 1e6;
    const t = Math.max(this.#t + 1, Math.round((batch.time - this.#origin) / 1e6));
    return this.#orEnd(() => this.#store(batch, definitions, t));
  }

  /** A sentence for `recording.notObserved`; written with the next batch. */
  note(notObserved: string): void {
    this.#notes.push(notObserved);
  }

  /** Native addresses of sites that have no name yet. */
  unresolvedNative(): readonly bigint[] {
    return [...this.#unnamed];
  }
  nameNative(address: bigint, symbol: NativeSymbol): void {
    this.#unnamed.delete(address);
    this.#symbols.push({ address, symbol: { ...symbol, module: privatePath(symbol.module, this.#options.privacy) } });
  }

  state(): RecorderState {
    return {
      seconds: seconds(this.#t / 1000),
      bytes: this.#bytes(),
      rate: this.#rate.perSecond,
      ...this.#ledger.counts(),
    };
  }

  /** Closes the file, also after a failure; once. `source` is undefined when the target could not be asked. */
  finish(source: DisarmReply | undefined): Result<void> {
    this.#finished ??= this.#close(source);
    return this.#finished;
  }

  #close(source: DisarmReply | undefined): Result<void> {
    for (const remark of this.#ledger.remarks(source)) this.note(remark);
    this.#levels.close(Number.POSITIVE_INFINITY);
    const status = { t: this.#t, sequence: this.#ledger.sequence, ...this.#ledger.counts(source) };
    this.#ended ??= failure("bug", { what: "a batch after the recording was finished" });
    return finishRecording(this.#options.path, this.#writer, this.#reserve, () => {
      this.#writePending();
      this.#writer.status(status);
    });
  }

  #store(batch: RawBatch, definitions: Definitions, t: number): void {
    this.#levels.close(t);
    this.#writer.transaction(() => {
      this.#writeDefinitions(batch, definitions);
      this.#writer.chunk({
        resolution: drainMs,
        t,
        deltas: batch.deltas,
        bytes: batch.deltaBytes,
        crc: batch.deltaCrc,
      });
      this.#writePending();
      this.#writer.status({ t, sequence: batch.sequence, ...this.#ledger.with(batch) });
    });
    this.#committed(batch, t);
    this.#makeRoom();
  }

  #writeDefinitions(batch: RawBatch, { codes, types, modules }: Definitions): void {
    const { privacy } = this.#options;
    for (const type of types) this.#writer.type(type);
    for (const code of codes) this.#writer.code(privateCode(code, privacy));
    for (const module of modules) this.#writer.module({ ...module, path: privatePath(module.path, privacy) });
    for (const site of batch.sites) this.#writer.site(site);
    for (const key of batch.keys) this.#writer.key(key);
  }

  #writePending(): void {
    for (const chunk of this.#levels.closed) this.#writer.chunk(chunk);
    for (const { rows, t } of this.#levels.totals) this.#writer.totals(rows, t);
    for (const note of this.#notes) this.#writer.note(note);
    for (const { address, symbol } of this.#symbols) this.#writer.symbol(address, symbol);
  }

  #committed(batch: RawBatch, t: number): void {
    this.#levels.committed();
    this.#notes = [];
    this.#symbols = [];
    this.#levels.add(batch.deltas, t);
    this.#ledger.add(batch);
    for (const site of batch.sites) if (site.native !== 0n) this.#unnamed.add(site.native);
    this.#t = t;
    const { allocations, frees } = batch.produced;
    this.#rate.add(t, allocations + frees);
  }

  #makeRoom(): void {
    const { maxBytes, path } = this.#options;
    if (maxBytes === undefined) return;
    const over = () => this.#writer.usedBytes() + this.#besideBytes - maxBytes;
    if (over() <= 0) return;
    this.#writer.transaction(() => {
      while (over() > 0 && forgetOldest(this.#writer, (resolution) => this.#levels.coveredTo(resolution)));
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
      if (!result.ok && result.failure.code !== "bug") this.#ended = result.failure;
      return result;
    }
  }

  #bytes(): Bytes {
    const size = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    return bytes(size(this.#options.path) + size(`${this.#options.path}-wal`));
  }
}
