// What is made for a page to take along in, a ticket for it out: it lies in a folder that is nobody else's until it is taken, or the engine ends.
// Next: offers.ts.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { Offer } from "../../shared/library.ts";
import type { Offers } from "./offers.ts";

const ownerOnly = 0o600;

export class Outbox {
  readonly #offers: Offers;
  readonly #folders = new Set<string>();

  constructor(offers: Offers) {
    this.#offers = offers;
  }

  /** A new folder for one thing. */
  folder(): Result<string> {
    const base = join(tmpdir(), "refscope-out-");
    try {
      const folder = mkdtempSync(base);
      this.#folders.add(folder);
      return ok(folder);
    } catch (error) {
      return fail("cannot-write", { path: base, why: error instanceof Error ? error.message : String(error) });
    }
  }

  text(name: string, text: string): Result<Offer> {
    const folder = this.folder();
    if (!folder.ok) return folder;
    const path = join(folder.value, name);
    try {
      writeFileSync(path, text, { mode: ownerOnly });
    } catch (error) {
      this.drop(folder.value);
      return fail("cannot-write", { path, why: error instanceof Error ? error.message : String(error) });
    }
    return this.offer(folder.value, name, Buffer.byteLength(text));
  }

  /** What was written into a folder of ours. */
  offer(folder: string, name: string, bytes: number): Result<Offer> {
    return ok(this.#offers.add({ path: join(folder, name), name, bytes, gone: () => this.drop(folder) }));
  }

  drop(folder: string): void {
    this.#folders.delete(folder);
    rmSync(folder, { recursive: true, force: true });
  }

  close(): void {
    for (const folder of this.#folders) this.drop(folder);
  }
}
