// What a rolling window asks of the tables of holds, errors and lanes in; their oldest rows gone out. Used by engine/recorder/retention.ts.
import { holdChunks, trimmedLane } from "./schema-gil.ts";
import type { Connection, Statement } from "./sqlite.ts";

/** Tables with a row for each batch. */
export const detailTables = [holdChunks, "error_chunk"] as const;
export type DetailTable = (typeof detailTables)[number];

export class Trimmer {
  readonly #connection: Connection;
  readonly #trimmed: Statement<unknown[]>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#trimmed = connection.prepare("INSERT OR REPLACE INTO trimmed VALUES (?, ?)");
  }

  oldest(table: DetailTable): number | undefined {
    return this.#number(`SELECT min(t) FROM ${table}`);
  }
  /** Rows up to and with `t`. */
  forget(table: DetailTable, t: number): void {
    this.#connection.prepare(`DELETE FROM ${table} WHERE t <= ?`).run(t);
    this.#trimmed.run(table, t);
  }
  /** Bytes that the chunks of holds take. */
  holdBytes(): number {
    return this.#number(`SELECT total(octet_length(holds)) FROM ${holdChunks}`) ?? 0;
  }

  oldestLane(level: number): number | undefined {
    return this.#number("SELECT min(t) FROM lane WHERE level = ?", level);
  }
  newestLane(level: number): number {
    return this.#number("SELECT max(t) FROM lane WHERE level = ?", level) ?? 0;
  }
  /** The first chunk of a level that ends at `t` or later. */
  laneFrom(level: number, t: number): number {
    return this.#number("SELECT min(t) FROM lane WHERE level = ? AND t >= ?", level, t) ?? this.newestLane(level);
  }
  forgetLane(level: number, t: number): void {
    this.#connection.prepare("DELETE FROM lane WHERE level = ? AND t <= ?").run(level, t);
    this.#trimmed.run(trimmedLane(level), t);
  }

  #number(query: string, ...values: readonly number[]): number | undefined {
    const value = this.#connection
      .prepare(query)
      .pluck()
      .get(...values);
    return typeof value === "number" ? value : undefined;
  }
}
