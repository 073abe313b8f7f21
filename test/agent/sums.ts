// Batches in, sums per (type, domain, place) out, by names instead of ids. Used by recorded.ts.
import type { AgentMessage } from "../../shared/agent-protocol.ts";
import type { RawBatch, RawKey, RawSite } from "../../shared/records.ts";

type Definitions = Extract<AgentMessage, { kind: "batch" }>;

export interface Row {
  /** Undefined: no Python object. */
  readonly type: string | undefined;
  readonly domain: string;
  /** Of each frame, innermost first. */
  readonly functions: readonly string[];
  readonly native: bigint;
  readonly allocations: number;
  readonly frees: number;
  readonly allocatedBytes: number;
  readonly freedBytes: number;
}
export type Counts = Pick<Row, "allocations" | "frees" | "allocatedBytes" | "freedBytes">;

const nothing: Counts = { allocations: 0, frees: 0, allocatedBytes: 0, freedBytes: 0 };
const plus = (a: Counts, b: Counts): Counts => ({
  allocations: a.allocations + b.allocations,
  frees: a.frees + b.frees,
  allocatedBytes: a.allocatedBytes + b.allocatedBytes,
  freedBytes: a.freedBytes + b.freedBytes,
});

export class Sums {
  readonly #codes = new Map<number, string>();
  readonly #types = new Map<number, string>();
  readonly #sites = new Map<number, RawSite>();
  readonly #keys = new Map<number, RawKey>();
  readonly #counts = new Map<number, Counts>();
  readonly modules = new Map<string, { readonly base: bigint; readonly size: number }>();
  /** What contradicts the protocol: an id used before its definition, a batch that is missing. */
  readonly wrong: string[] = [];
  last: RawBatch | undefined;

  add({ codes, types, modules }: Definitions, batch: RawBatch): void {
    for (const { id, function: name } of codes) this.#codes.set(id, name);
    for (const { id, name } of types) this.#types.set(id, name);
    for (const { path, base, size } of modules) this.modules.set(path, { base: BigInt(base), size });
    if (batch.sequence !== (this.last?.sequence ?? -1) + 1) this.wrong.push(`batch ${batch.sequence} out of turn`);
    if (this.last?.last) this.wrong.push("a batch after the last");
    this.last = batch;
    for (const site of batch.sites) this.#define(this.#sites, site);
    for (const key of batch.keys) this.#define(this.#keys, key);
    this.#count(batch);
  }

  #define<T extends { readonly id: number }>(known: Map<number, T>, one: T): void {
    if (known.has(one.id)) this.wrong.push(`${one.id} defined twice`);
    known.set(one.id, one);
  }

  #count({ deltas }: RawBatch): void {
    for (let row = 0; row < deltas.length; row++) {
      const id = deltas.key[row] ?? 0;
      const at = (column: Float64Array) => column[row] ?? Number.NaN;
      const change = {
        allocations: at(deltas.allocations),
        frees: at(deltas.frees),
        allocatedBytes: at(deltas.allocatedBytes),
        freedBytes: at(deltas.freedBytes),
      };
      if (!this.#keys.has(id)) this.wrong.push(`key ${id} used before its definition`);
      this.#counts.set(id, plus(this.#counts.get(id) ?? nothing, change));
    }
  }

  rows(): readonly Row[] {
    return [...this.#counts].map(([id, counts]) => {
      const key = this.#keys.get(id);
      const site = this.#sites.get(key?.site ?? 0);
      return {
        ...counts,
        type: key?.type ? (this.#types.get(key.type) ?? "undefined") : undefined,
        domain: key?.domain ?? "undefined",
        functions: (site?.frames ?? []).map(({ code }) => this.#codes.get(code) ?? "undefined"),
        native: site?.native ?? 0n,
      };
    });
  }

  /** Sum of the rows that are wanted. */
  of(wanted: (row: Row) => boolean): Counts {
    return this.rows().filter(wanted).reduce<Counts>(plus, nothing);
  }
  /** Objects of this type made in this function. */
  objects(type: string, functionName: string): Counts {
    const short = (name: string | undefined) => name?.split(".").at(-1);
    return this.of((row) => short(row.type) === type && short(row.functions[0]) === functionName);
  }
  all(): Counts {
    return this.of(() => true);
  }
}
