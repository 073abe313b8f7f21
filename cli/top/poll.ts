// A recording that goes on in, one document of what it says now out. Next: screen.ts, or a line of JSON.
import type { Engine } from "../../engine/engine.ts";
import type { RaisedRow, TopDocument } from "../../shared/documents.ts";
import type { RecordingState } from "../../shared/rpc-contract.ts";

const mostTypes = 20;

/** Knows the counts of the time before, from which the rates of errors come. */
export class Poll {
  readonly #engine: Engine;
  readonly #collect: readonly string[];
  #before: { readonly seconds: number; readonly counts: ReadonlyMap<string, number> } | undefined;

  constructor(engine: Engine, collect: readonly string[]) {
    this.#engine = engine;
    this.#collect = collect;
  }

  async document(state: RecordingState): Promise<TopDocument> {
    const { path, target, seconds, rate, dropped } = state;
    return {
      schema: "refscope.top/1",
      target,
      seconds,
      eventsPerSecond: rate,
      dropped: Object.values(dropped).reduce((sum, count) => sum + count, 0),
      types: this.#collect.includes("lifecycle") ? await this.#types(path) : null,
      gil: this.#collect.includes("gil") ? await this.#gil(path) : null,
      errors: this.#collect.includes("errors") ? await this.#errors(path, seconds) : null,
    };
  }

  async #types(path: string): Promise<TopDocument["types"]> {
    const types = await this.#engine.call("recording.types", { path, limit: mostTypes });
    return types.ok ? types.value.rows : null;
  }

  async #gil(path: string): Promise<TopDocument["gil"]> {
    const now = await this.#engine.call("gil.now", { path });
    const report = await this.#engine.call("gil.report", { path });
    if (!now.ok || !now.value) return null;
    const holds = report.ok ? (report.value?.longHolds ?? []) : [];
    const longest = holds.toSorted((a, b) => b.ms - a.ms)[0] ?? null;
    return { ...now.value, longest };
  }

  async #errors(path: string, seconds: number): Promise<TopDocument["errors"]> {
    const report = await this.#engine.call("errors.report", { path });
    if (!report.ok || !report.value) return null;
    const { raised } = report.value;
    const before = this.#before;
    this.#before = { seconds, counts: new Map(raised.map((row) => [idOf(row), row.count])) };
    const span = seconds - (before?.seconds ?? 0);
    return raised
      .map((row) => {
        const more = row.count - (before?.counts.get(idOf(row)) ?? 0);
        return { type: row.type, frames: row.frames, count: row.count, perSecond: span > 0 ? more / span : 0 };
      })
      .sort((a, b) => b.perSecond - a.perSecond || b.count - a.count);
  }
}

const idOf = ({ type, frames }: RaisedRow): string => JSON.stringify([type, frames]);
