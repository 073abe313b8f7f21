// The path of a recording that a page may read in, a ticket for its bytes out: it works once, within a minute, and names no path. Next: a door
// gives the file to who has the ticket.
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { Offer } from "../../shared/library.ts";
import { readHeader } from "../store/header.ts";

export interface Offered {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** It was made to be taken: told when it is open, or nobody came for it. */
  readonly gone?: () => void;
}

const validMs = 60_000;
const mostOpen = 32;

export class Offers {
  readonly #open = new Map<string, Offered & { readonly until: number }>();

  offer(path: string): Result<Offer> {
    const header = readHeader(path);
    if (!header.ok) return header;
    if (existsSync(`${path}-wal`))
      return fail("bad-recording", {
        path,
        why: "it is not closed, a part of it is in its log; share a redacted copy",
      });
    return ok(this.add({ path, name: basename(path), bytes: header.value.bytes }));
  }

  add(offered: Offered): Offer {
    const ticket = randomBytes(32).toString("base64url");
    this.#forgetOld();
    this.#open.set(digestOf(ticket), { ...offered, until: Date.now() + validMs });
    return { ticket, name: offered.name, bytes: offered.bytes };
  }

  /** Undefined the second time. */
  take(ticket: string): Offered | undefined {
    const digest = digestOf(ticket);
    const offered = this.#open.get(digest);
    this.#open.delete(digest);
    if (!offered || offered.until > Date.now()) return offered;
    offered.gone?.();
    return undefined;
  }

  #forgetOld(): void {
    const rows = [...this.#open];
    const kept = rows.filter(([, { until }]) => until > Date.now()).slice(-(mostOpen - 1));
    for (const row of rows) if (!kept.includes(row)) row[1].gone?.();
    this.#open.clear();
    for (const [digest, row] of kept) this.#open.set(digest, row);
  }
}

/** Looked up by its digest: the time that takes tells nothing of the ticket. */
const digestOf = (ticket: string): string => createHash("sha256").update(ticket).digest("hex");
