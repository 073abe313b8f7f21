// A file that a page has, part by part, in; a new file of the received ones out, which stays a stranger's. Its head is looked at before the
// rest is taken. Next: shelf.ts admits it.
import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, join } from "node:path";
import { fail, failed, ok, type Result } from "../../shared/failures.ts";
import { mostPart } from "../../shared/library.ts";
import { type Library, plainName } from "../session/library.ts";
import { readHeader } from "../store/header.ts";
import { errorCode } from "../store/sqlite.ts";

interface Incoming {
  readonly name: string;
  readonly bytes: number;
  readonly draft: string;
  readonly file: number;
  readonly timer: NodeJS.Timeout;
  got: number;
}

const mostAtOnce = 2;
const idleMs = 60_000;
const leftoverMs = 3600_000;
const headBytes = 100;
/** Left on the disk for who records meanwhile. */
const spareBytes = 256 * 2 ** 20;
const ownerOnly = 0o600;
const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

export class Receiving {
  readonly #library: Library;
  readonly #coming = new Map<string, Incoming>();

  constructor(library: Library) {
    this.#library = library;
  }

  begin(name: string, bytes: number): Result<{ id: string }> {
    if (this.#coming.size >= mostAtOnce) return fail("usage", { what: "other files are being brought; wait for them" });
    const id = randomBytes(16).toString("hex");
    const free = this.#library.freePath(this.#library.receivedFolder, `.incoming-${id}`);
    if (!free.ok) return free;
    const draft = free.value.replace(/\.refscope$/, "");
    removeLeftovers(this.#library.receivedFolder);
    const plain = plainName(basename(name).replace(/\.refscope$/i, ""));
    if (bytes + spareBytes > roomIn(this.#library.receivedFolder)) return fail("disk-full", { path: draft });
    try {
      const file = openSync(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, ownerOnly);
      this.#coming.set(id, { name: plain, bytes, draft, file, timer: this.#timer(id), got: 0 });
      return ok({ id });
    } catch (error) {
      return unwritable(draft, error);
    }
  }

  /** In order, so that nothing has holes. */
  part(id: string, at: number, data: string): Result<{ bytes: number }> {
    const coming = this.#coming.get(id);
    if (!coming) return gone;
    const bytes = Buffer.from(data, "base64");
    const whole = bytes.length > 0 && bytes.length <= mostPart && base64.test(data) && data.length % 4 === 0;
    if (!whole || at !== coming.got || at + bytes.length > coming.bytes) {
      this.#drop(id);
      return fail("usage", { what: "the parts of the file do not follow each other" });
    }
    try {
      writeSync(coming.file, bytes, 0, bytes.length, at);
    } catch (error) {
      this.#drop(id);
      return errorCode(error) === "ENOSPC"
        ? fail("disk-full", { path: coming.draft })
        : unwritable(coming.draft, error);
    }
    coming.got += bytes.length;
    coming.timer.refresh();
    const head = at < headBytes ? this.#head(id, coming) : ok(undefined);
    return head.ok ? ok({ bytes: coming.got }) : head;
  }

  /** The path of the file, which nobody has read yet. */
  end(id: string): Result<string> {
    const coming = this.#coming.get(id);
    if (!coming) return gone;
    const head = this.#head(id, coming);
    if (!head.ok) return head;
    if (coming.got !== coming.bytes) {
      this.#drop(id);
      return fail("bad-recording", { path: coming.name, why: `only ${coming.got} of ${coming.bytes} bytes came` });
    }
    const free = this.#library.freePath(this.#library.receivedFolder, coming.name);
    try {
      fsyncSync(coming.file);
      if (free.ok) renameSync(coming.draft, free.value);
      return free;
    } catch (error) {
      return unwritable(coming.name, error);
    } finally {
      this.#drop(id);
    }
  }

  close(): void {
    for (const id of [...this.#coming.keys()]) this.#drop(id);
  }

  /** A file of another program is not taken to its end. */
  #head(id: string, { draft, name, got, bytes }: Incoming): Result<void> {
    if (got < Math.min(headBytes, bytes)) return ok(undefined);
    const header = readHeader(draft);
    if (header.ok) return ok(undefined);
    this.#drop(id);
    // The page knows the name that it gave, not the place of the draft.
    return failed({ ...header.failure, cause: header.failure.cause.replaceAll(draft, `${name}.refscope`) });
  }

  #drop(id: string): void {
    const coming = this.#coming.get(id);
    if (!coming) return;
    this.#coming.delete(id);
    clearTimeout(coming.timer);
    closeSync(coming.file);
    rmSync(coming.draft, { force: true });
  }

  #timer(id: string): NodeJS.Timeout {
    return setTimeout(() => this.#drop(id), idleMs).unref();
  }
}

const gone = fail("not-found", { what: "such file under way", advice: "Bring it again." });

const unwritable = (path: string, error: unknown): Result<never> =>
  fail("cannot-write", { path, why: error instanceof Error ? error.message : String(error) });

/** Of an engine that was killed meanwhile. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder).filter((one) => one.startsWith(".incoming-"))) {
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > leftoverMs) rmSync(path, { force: true });
  }
}

function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
