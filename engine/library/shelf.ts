// The library and what a door wants of it in; its recordings with what is known of them, tagged, renamed, removed for a while and for good, out.
// Next: calls.ts.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, statfsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { SessionRow } from "../../shared/documents.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { LibraryState, Removed } from "../../shared/library.ts";
import { isForeign } from "../evidence/foreign.ts";
import { sessionRow } from "../queries.ts";
import type { Library, RecordingFile } from "../session/library.ts";
import { deleteRecording, moveRecording } from "./move.ts";
import { changeNotes, type Notes, readNotes, type Seen } from "./notes.ts";
import { identityOf, type Looker, lookedAt, receivedRow } from "./received.ts";

const ending = ".refscope";
const undoMs = 10_000;

export interface ShelfParts {
  readonly library: Library;
  /** Being written by this engine. */
  readonly isActive: (path: string) => boolean;
  /** The path is another recording's now, or nobody's. */
  readonly forget: (path: string) => void;
  /** Reads a stranger's file where it does no harm. */
  readonly look: Looker;
  readonly undoMs?: number;
}

export class Shelf {
  readonly #parts: ShelfParts;
  readonly #undoMs: number;
  readonly #looking = new Set<string>();
  /** Given up, which another day may not be: not noted down. */
  readonly #stalled = new Map<string, Seen>();

  constructor(parts: ShelfParts) {
    this.#parts = parts;
    this.#undoMs = parts.undoMs ?? undoMs;
  }

  rows(): SessionRow[] {
    const { library } = this.#parts;
    const files = library.list();
    const notes = files.some(({ received }) => received) ? readNotes(library.folder) : undefined;
    return files.map((file) =>
      notes && file.received
        ? this.#receivedRow(file, notes)
        : { ...sessionRow(file), foreign: isForeign(file.path, library.folder) },
    );
  }

  state(): LibraryState {
    const { library } = this.#parts;
    this.#purge();
    const notes = readNotes(library.folder);
    const files = library.list();
    const disk = diskOf(library.folder);
    return {
      tags: files.flatMap(({ path }) => {
        const tags = notes.tags[this.#key(path)] ?? [];
        return tags.length > 0 ? [{ path, tags }] : [];
      }),
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      roomBytes: disk?.room ?? null,
      diskBytes: disk?.size ?? null,
      removed: Object.entries(notes.trash).flatMap(([id, row]) => this.#removed(id, row) ?? []),
      home: homedir(),
    };
  }

  tag(path: string, tags: readonly string[]): Result<string[]> {
    const kept = this.#kept(path);
    if (!kept.ok) return kept;
    const once = [...new Set(tags)];
    return this.#change((notes) => {
      notes.tags[this.#key(kept.value)] = once;
      return once;
    });
  }

  rename(path: string, name: string): Result<{ path: string }> {
    const kept = this.#movable(path);
    if (!kept.ok) return kept;
    const to = join(dirname(kept.value), `${name.replace(/\.refscope$/, "")}${ending}`);
    if (to === kept.value) return ok({ path: to });
    const moved = moveRecording(kept.value, to);
    if (!moved.ok) return moved;
    this.#parts.forget(kept.value);
    return this.#change((notes) => {
      moveKey(notes, this.#key(kept.value), this.#key(to));
      return { path: to };
    });
  }

  /** It stays for a while where `restore` finds it. */
  remove(path: string): Result<Removed> {
    const kept = this.#movable(path);
    if (!kept.ok) return kept;
    const id = `${Date.now().toString(36)}-${randomBytes(8).toString("hex")}`;
    mkdirSync(this.#trash(), { recursive: true, mode: 0o700 });
    const moved = moveRecording(kept.value, this.#inTrash(id));
    if (!moved.ok) return moved;
    this.#parts.forget(kept.value);
    const row = { file: this.#key(kept.value), removedMs: Date.now() };
    setTimeout(() => this.#purge(), this.#undoMs + 50).unref();
    return this.#change((notes) => {
      notes.trash[id] = row;
      return this.#removed(id, row) ?? { id, name: basename(kept.value, ending), bytes: 0, seconds: 0 };
    });
  }

  restore(id: string): Result<{ path: string }> {
    const { library } = this.#parts;
    const row = readNotes(library.folder).trash[id];
    if (row === undefined || !existsSync(this.#inTrash(id)))
      return fail("not-found", { what: "recording to take back", advice: "It was removed for good." });
    const wanted = join(library.folder, row.file);
    const free = library.freePath(dirname(wanted), basename(wanted, ending));
    if (!free.ok) return free;
    const moved = moveRecording(this.#inTrash(id), free.value);
    if (!moved.ok) return moved;
    return this.#change((notes) => {
      delete notes.trash[id];
      if (free.value !== wanted) moveKey(notes, row.file, this.#key(free.value));
      return { path: free.value };
    });
  }

  /** A stranger's file that has just been written into the library: what it says of itself is kept beside it. */
  async admit(path: string): Promise<void> {
    if (this.#looking.has(path)) return;
    this.#looking.add(path);
    try {
      const { seen, certain } = await lookedAt(path, this.#parts.look);
      if (!certain) this.#stalled.set(path, seen);
      else
        this.#change((notes) => {
          if (existsSync(path)) notes.received[this.#key(path)] = seen;
        });
    } finally {
      this.#looking.delete(path);
    }
  }

  #receivedRow(file: RecordingFile, notes: Notes): SessionRow {
    const identity = identityOf(file.path);
    const seen = [notes.received[this.#key(file.path)], this.#stalled.get(file.path)].find(
      (one) => one?.identity === identity,
    );
    if (seen) return receivedRow(file, seen);
    // Put there by hand, or changed since: the next look knows more.
    void this.admit(file.path);
    return receivedRow(file, undefined);
  }

  #kept(path: string): Result<string> {
    const kept = this.#parts.library.kept(path);
    return kept.ok && existsSync(kept.value) ? kept : fail("no-recording", { path });
  }

  #movable(path: string): Result<string> {
    const kept = this.#kept(path);
    if (!kept.ok) return kept;
    const { value } = kept;
    const file = { path: value, name: basename(value, ending), bytes: 0, changedMs: 0, received: false };
    // A stranger's file has no recorder here.
    const written = this.#parts.isActive(path) || this.#parts.isActive(value);
    return written || (!this.#isReceived(value) && sessionRow(file).status === "recording")
      ? fail("recording-in-use", { path })
      : kept;
  }

  #change<T>(change: (notes: Notes) => T): Result<T> {
    const { folder } = this.#parts.library;
    try {
      let result: { readonly value: T } | undefined;
      changeNotes(folder, (notes) => {
        result = { value: change(notes) };
        forgetGone(notes, folder);
      });
      return result ? ok(result.value) : fail("bug", { what: "a change that was not made" });
    } catch (error) {
      return fail("cannot-write", { path: folder, why: error instanceof Error ? error.message : String(error) });
    }
  }

  #removed(id: string, { file, removedMs }: Notes["trash"][string]): Removed | undefined {
    const stats = statSync(this.#inTrash(id), { throwIfNoEntry: false });
    const seconds = Math.max(0, (removedMs + this.#undoMs - Date.now()) / 1000);
    return stats && { id, name: basename(file, ending), bytes: stats.size, seconds };
  }

  /** What nobody took back in time. */
  #purge(): void {
    const { trash } = readNotes(this.#parts.library.folder);
    const due = filesIn(this.#trash()).filter((id) => (trash[id]?.removedMs ?? 0) + this.#undoMs <= Date.now());
    if (due.length === 0) return;
    for (const id of due) deleteRecording(this.#inTrash(id));
    this.#change((notes) => {
      for (const id of due) delete notes.trash[id];
    });
  }

  #trash(): string {
    return join(this.#parts.library.folder, "trash");
  }
  #inTrash(id: string): string {
    return join(this.#trash(), `${id}${ending}`);
  }
  #isReceived(path: string): boolean {
    return same(dirname(path), this.#parts.library.receivedFolder);
  }
  /** Its path in the folder, which links to the folder do not change. */
  #key(path: string): string {
    return this.#isReceived(path) ? join("received", basename(path)) : basename(path);
  }
}

function moveKey(notes: Notes, from: string, to: string): void {
  moveIn(notes.tags, from, to);
  moveIn(notes.received, from, to);
}
function moveIn<T>(rows: Record<string, T>, from: string, to: string): void {
  const row = rows[from];
  if (row === undefined) return;
  rows[to] = row;
  delete rows[from];
}

/** Of files that were deleted by hand nothing is kept; those in the trash may come back. */
function forgetGone(notes: Notes, folder: string): void {
  const coming = new Set(Object.values(notes.trash).map(({ file }) => file));
  for (const part of [notes.tags, notes.received])
    for (const key of Object.keys(part)) if (!coming.has(key) && !existsSync(join(folder, key))) delete part[key];
}

function same(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false }));
  return a === b || (one !== undefined && other !== undefined && one.dev === other.dev && one.ino === other.ino);
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => basename(name, ending));
  } catch {
    return [];
  }
}

function diskOf(folder: string): { readonly room: number; readonly size: number } | undefined {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { room: bavail * bsize, size: blocks * bsize };
  } catch {
    return undefined;
  }
}
