// Questions about recordings in, answers out; the closed ones stay open, with what was made of them, for the next question. One that is still written is
// read alone: whoever stays in it keeps its log from being taken in. Next: engine/queries.ts.
import { Views } from "../analysis/views.ts";
import { type Read, reading } from "../queries.ts";
import { openRecording, type RecordingReader } from "../store/reader.ts";
import { closedFile } from "./file-identity.ts";

interface Kept {
  readonly identity: string;
  readonly bytes: number;
  readonly reader: RecordingReader;
  readonly views: Views;
}
export interface KeptLimits {
  readonly recordings: number;
  /** Of their files; the newest is kept in any case. */
  readonly bytes: number;
  readonly idleMs: number;
}
const usual: KeptLimits = { recordings: 4, bytes: 4 * 2 ** 30, idleMs: 60_000 };

export class OpenRecordings {
  readonly #limits: KeptLimits;
  /** The one that was asked longest ago first. */
  readonly #kept = new Map<string, Kept>();
  #idle: NodeJS.Timeout | undefined;

  constructor(limits: Partial<KeptLimits> = {}) {
    this.#limits = { ...usual, ...limits };
  }

  /** Paths of those that are open, the one that was asked longest ago first. */
  get paths(): readonly string[] {
    return [...this.#kept.keys()];
  }

  readonly read: Read = (path, query) => {
    const file = closedFile(path);
    const known = this.#kept.get(path);
    if (known && known.identity !== file?.identity) this.#drop(path);
    if (!file) return reading(path, query);
    const kept = this.#kept.get(path) ?? this.#open(path, file.identity, file.bytes);
    if (!kept) return reading(path, query);
    return this.#ask(path, kept, query) ?? reading(path, query);
  };

  close(): void {
    clearTimeout(this.#idle);
    for (const path of this.paths) this.#drop(path);
  }

  /** Undefined where it changed while it was asked, which says nothing. */
  #ask<T>(path: string, kept: Kept, query: (reader: RecordingReader, views: Views) => T) {
    const { reader, views, identity, bytes } = kept;
    let keep = false;
    try {
      reader.goOn();
      const value = query(reader, views);
      const same = closedFile(path)?.identity === identity;
      // What is damaged is counted for each question by itself.
      keep = same && reader.damagedParts === 0;
      return same ? { ok: true as const, value } : undefined;
    } finally {
      if (keep) this.#keep(path, { reader, views, identity, bytes });
      else this.#forget(path, kept);
    }
  }

  #open(path: string, identity: string, bytes: number): Kept | undefined {
    const reader = openRecording(path);
    if (!reader.ok) return undefined;
    const { value } = reader;
    if (value.file.status === "closed") return { identity, bytes, reader: value, views: new Views(value, true) };
    value.close();
    return undefined;
  }

  #keep(path: string, kept: Kept): void {
    kept.reader.rest();
    this.#kept.delete(path);
    this.#kept.set(path, kept);
    for (const oldest of this.paths.slice(0, -1)) if (this.#areTooMany()) this.#drop(oldest);
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.close(), this.#limits.idleMs);
    this.#idle.unref();
  }

  #areTooMany(): boolean {
    const bytes = [...this.#kept.values()].reduce((sum, kept) => sum + kept.bytes, 0);
    return this.#kept.size > this.#limits.recordings || bytes > this.#limits.bytes;
  }

  #drop(path: string): void {
    const kept = this.#kept.get(path);
    if (kept) this.#forget(path, kept);
  }
  #forget(path: string, { reader }: Kept): void {
    this.#kept.delete(path);
    reader.close();
  }
}
