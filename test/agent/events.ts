// Batches in; holds, errors and calls by names instead of ids out. Used by recorded.ts.
import type { AgentMessage } from "../../shared/agent-protocol.ts";
import {
  type EventCounts,
  holdFlags,
  type RawBatch,
  type RawErrorKey,
  type RawGil,
  type RawHolds,
  type RawSite,
} from "../../shared/records.ts";

type Definitions = Extract<AgentMessage, { kind: "batch" }>;
type Thread = Definitions["threads"][number];

export interface Hold {
  readonly index: number;
  readonly thread: number;
  readonly released: number;
  readonly held: number;
  readonly waited: number;
  readonly flags: number;
  readonly intervals: number;
}
export interface ErrorRow {
  readonly act: string;
  readonly type: string;
  /** Of each frame, innermost first. */
  readonly functions: readonly string[];
  readonly native: bigint;
  readonly count: number;
  readonly chained: number;
  readonly message: string | undefined;
}
interface Sample {
  readonly hold: number;
  readonly thread: number;
  readonly functions: readonly string[];
  readonly native: readonly string[];
}

function* rowsOf(holds: RawHolds): Generator<Hold> {
  for (let row = 0; row < holds.length; row++)
    yield {
      index: holds.index[row] ?? Number.NaN,
      thread: holds.thread[row] ?? 0,
      released: holds.released[row] ?? Number.NaN,
      held: holds.held[row] ?? Number.NaN,
      waited: holds.waited[row] ?? Number.NaN,
      flags: holds.flags[row] ?? 0,
      intervals: holds.intervals[row] ?? 0,
    };
}

export class Events {
  readonly #codes = new Map<number, string>();
  readonly #types = new Map<number, string>();
  readonly #sites = new Map<number, RawSite>();
  readonly #errorKeys = new Map<number, RawErrorKey>();
  readonly #errors = new Map<number, { count: number; chained: number }>();
  readonly #messages = new Map<number, string>();
  readonly #calls = new Map<number, { readonly function: string; readonly module: string; calls: number }>();
  readonly #holds: RawHolds[] = [];
  readonly threads = new Map<number, Thread>();
  readonly samples: Sample[] = [];
  /** What contradicts the protocol. */
  readonly wrong: string[] = [];
  gil: RawGil | undefined;
  produced: EventCounts | undefined;
  dropped: EventCounts | undefined;

  add(definitions: Definitions, batch: RawBatch): void {
    this.#define(definitions, batch);
    this.#holds.push(batch.holds);
    this.gil = batch.gil ?? this.gil;
    ({ produced: this.produced, dropped: this.dropped } = batch);
    this.#count(batch);
    for (const { id } of batch.holds.length > 0 ? newest(batch.holds) : [])
      if (!this.threads.has(id)) this.wrong.push(`thread ${id} used before its definition`);
    for (const { hold, thread, frames, native } of definitions.samples)
      this.samples.push({ hold, thread, functions: frames.map(({ code }) => this.#codeOf(code)), native });
  }

  #define({ codes, types, threads, calls, messages }: Definitions, { sites, errorKeys }: RawBatch): void {
    for (const { id, function: name } of codes) this.#codes.set(id, name);
    for (const { id, name } of types) this.#types.set(id, name);
    for (const thread of threads) this.threads.set(thread.id, thread);
    for (const site of sites) this.#sites.set(site.id, site);
    for (const key of errorKeys) this.#errorKeys.set(key.id, key);
    for (const { key, text } of messages) this.#messages.set(key, text);
    for (const call of calls) this.#calls.set(call.id, { ...call, calls: this.#calls.get(call.id)?.calls ?? 0 });
  }

  #codeOf(id: number): string {
    const name = this.#codes.get(id);
    if (name === undefined) this.wrong.push(`code ${id} used before its definition`);
    return name ?? "undefined";
  }

  #count({ errors, calls }: RawBatch): void {
    for (let row = 0; row < errors.length; row++) {
      const key = errors.key[row] ?? 0;
      if (!this.#errorKeys.has(key)) this.wrong.push(`error key ${key} used before its definition`);
      const before = this.#errors.get(key) ?? { count: 0, chained: 0 };
      const count = before.count + (errors.count[row] ?? Number.NaN);
      this.#errors.set(key, { count, chained: before.chained + (errors.chained[row] ?? Number.NaN) });
    }
    for (const { id, calls: more } of calls) {
      const known = this.#calls.get(id);
      if (known === undefined) this.wrong.push(`call ${id} used before its definition`);
      else known.calls += more;
    }
  }

  *holds(): Generator<Hold> {
    for (const batch of this.#holds) yield* rowsOf(batch);
  }

  /** Ids of threads with this Python name. */
  named(name: string): readonly number[] {
    return [...this.threads.values()].filter((thread) => thread.name === name).map(({ id }) => id);
  }

  errors(): readonly ErrorRow[] {
    return [...this.#errors].map(([id, counts]) => {
      const key = this.#errorKeys.get(id);
      const site = this.#sites.get(key?.site ?? 0);
      return {
        ...counts,
        act: key?.act ?? "undefined",
        type: key?.type ? (this.#types.get(key.type) ?? "undefined") : "undefined",
        functions: (site?.frames ?? []).map(({ code }) => this.#codeOf(code)),
        native: site?.native ?? 0n,
        message: this.#messages.get(id),
      };
    });
  }

  /** Calls of a function of the C API by modules whose path has this in it. */
  calls(module: string, name: string): number {
    const rows = [...this.#calls.values()].filter((call) => call.module.includes(module) && call.function === name);
    return rows.reduce((sum, { calls }) => sum + calls, 0);
  }
}

/** Each thread of a batch once. */
const newest = (holds: RawHolds): readonly { readonly id: number }[] =>
  [...new Set(holds.thread)].map((id) => ({ id }));

/** What is true of every recording of the GIL, as sentences when it is not: numbers rise by one, time does not go back. */
export function contradictions(events: Events): readonly string[] {
  const found: string[] = [];
  const dropped = events.dropped?.holds ?? 0;
  let before: Hold | undefined;
  let gaps = 0;
  let switches = 0;
  for (const hold of events.holds()) {
    gaps += hold.index - (before?.index ?? 0) - 1;
    if (before !== undefined && hold.released + clockSlackNs < before.released)
      found.push(`hold ${hold.index} ended ${before.released - hold.released} ns before the one before it`);
    if (hold.flags & holdFlags.switched) switches++;
    before = hold;
  }
  if (gaps !== dropped) found.push(`${gaps} holds are missing, ${dropped} were dropped`);
  if (dropped === 0 && Math.abs(switches - (events.gil?.switches ?? 0)) > 1)
    found.push(`${switches} switches, CPython counted ${events.gil?.switches}`);
  return found;
}
/** Between two readings of the clocks. */
const clockSlackNs = 20_000;
