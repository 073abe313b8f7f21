// A connection for reading in; what the keys and sites of a recording are, out: columns of numbers, made into a record when one is asked for. A
// recording may have a million of them. Used by names.ts.
import { type Domain, domains, type RawKey, type RawSite } from "../../shared/records.ts";
import { numbersOf } from "./numbers.ts";
import { boundedBlob, boundedText, bytesAt, numberAt, pagedRows, textAt } from "./rows.ts";
import type { Connection } from "./sqlite.ts";
import { mostKeys } from "./totals.ts";

const mostFrames = 64;

/** What a Map of all of them is asked. */
export interface Lookup<T> {
  get(id: number): T | undefined;
  values(): Iterable<T>;
}

export class KeyTable implements Lookup<RawKey> {
  #length = 0;
  #known = new Uint8Array(1024);
  #type = new Float64Array(1024);
  #site = new Float64Array(1024);
  #domain = new Uint8Array(1024);

  constructor(connection: Connection) {
    for (const row of pagedRows(connection, "id, type, site, domain", "key")) {
      const id = numberAt(row, 0);
      // No chunk and no total names another.
      if (id < 0 || id >= mostKeys) continue;
      if (id >= this.#known.length) this.#grow(id + 1);
      this.#length = Math.max(this.#length, id + 1);
      this.#known[id] = 1;
      this.#type[id] = numberAt(row, 1);
      this.#site[id] = numberAt(row, 2);
      this.#domain[id] = domainOf(numberAt(row, 3));
    }
  }

  get(id: number): RawKey | undefined {
    if (this.#known[id] !== 1) return undefined;
    const domain: Domain = domains[this.#domain[id] ?? 0] ?? "raw";
    return { id, type: this.#type[id] ?? 0, site: this.#site[id] ?? 0, domain };
  }

  *values(): Generator<RawKey> {
    for (let id = 0; id < this.#length; id++) {
      const key = this.get(id);
      if (key) yield key;
    }
  }

  #grow(atLeast: number): void {
    const size = 2 ** Math.ceil(Math.log2(atLeast));
    this.#known = larger(new Uint8Array(size), this.#known);
    this.#domain = larger(new Uint8Array(size), this.#domain);
    this.#type = larger(new Float64Array(size), this.#type);
    this.#site = larger(new Float64Array(size), this.#site);
  }
}

const domainOf = (number: number): number => (domains[number] === undefined ? 0 : number);

function larger<T extends Uint8Array | Float64Array>(column: T, before: T): T {
  column.set(before);
  return column;
}

interface StoredSite {
  readonly native: string;
  readonly frames: Uint8Array;
}

export class SiteTable implements Lookup<RawSite> {
  readonly #sites = new Map<number, StoredSite>();

  constructor(connection: Connection) {
    const columns = `id, ${boundedText("native")}, ${boundedBlob("frames")}`;
    for (const row of pagedRows(connection, columns, "site"))
      this.#sites.set(numberAt(row, 0), { native: textAt(row, 1), frames: bytesAt(row, 2) });
  }

  get(id: number): RawSite | undefined {
    const stored = this.#sites.get(id);
    return stored && siteOf(id, stored);
  }

  *values(): Generator<RawSite> {
    for (const [id, stored] of this.#sites) yield siteOf(id, stored);
  }
}

function siteOf(id: number, { native, frames }: StoredSite): RawSite {
  const numbers = numbersOf(frames, 2 * mostFrames);
  const depth = Math.min(mostFrames, Math.floor(numbers.length / 2));
  return {
    id,
    native: addressOf(native),
    frames: Array.from({ length: depth }, (_, at) => ({
      code: numbers[2 * at] ?? 0,
      instruction: numbers[2 * at + 1] ?? 0,
    })),
  };
}

export const addressOf = (text: string): bigint => (/^0x[0-9a-f]{1,16}$/.test(text) ? BigInt(text) : 0n);
