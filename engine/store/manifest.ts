// A recording in, the SHA-256 of what it says out. A chunk stands for its bytes by its CRC. Layout: docs/recording-format.md. Next: finish.ts, reader.ts.
import { createHash } from "node:crypto";
import { formatOf, hasTable } from "./facts.ts";
import { allRows } from "./rows.ts";
import { chunkTableName, resolutions } from "./schema.ts";
import type { Connection } from "./sqlite.ts";

/** The heartbeat and the manifest itself are left out. */
const lifecycleQueries: readonly string[] = [
  "SELECT name, value FROM meta ORDER BY name",
  `SELECT t, sequence, produced_allocations, produced_frees, dropped_allocations, dropped_frees, stored_allocations, stored_frees,
    totals_t FROM status ORDER BY id`,
  "SELECT resolution, t FROM kept ORDER BY resolution",
  "SELECT id, text FROM name ORDER BY id",
  "SELECT id, name FROM type ORDER BY id",
  "SELECT id, function, file, first_line, line_table FROM code ORDER BY id",
  "SELECT base, size, path FROM module ORDER BY base",
  "SELECT id, native, frames FROM site ORDER BY id",
  "SELECT address, module, function, offset FROM symbol ORDER BY address",
  "SELECT id, type, site, domain FROM key ORDER BY id",
  "SELECT key, allocations, frees, allocated_bytes, freed_bytes FROM total ORDER BY key",
  ...resolutions.map(
    (of) =>
      `SELECT t, records, allocations, frees, allocated_bytes, freed_bytes, crc FROM ${chunkTableName(of)} ORDER BY t`,
  ),
  "SELECT id, text FROM note ORDER BY id",
];

const laterQueries: readonly string[] = [
  "SELECT kind, produced, dropped, stored FROM counted ORDER BY kind",
  "SELECT name, t FROM trimmed ORDER BY name",
  "SELECT id, tid, name, kernel_name FROM thread ORDER BY id",
  "SELECT t, records, first, from_ns, to_ns, size, crc FROM hold_chunk ORDER BY t",
  "SELECT level, t, from_bucket, to_bucket, records, crc FROM lane ORDER BY level, t",
  "SELECT thread, holds, held, waits, waited, forced, switched, hold_max, wait_max FROM gil_total ORDER BY thread",
  "SELECT thread, holds, waits, blame FROM gil_spread ORDER BY thread",
  "SELECT id, thread, acquired, held, waited, unfinished, waiters FROM long_hold ORDER BY id",
  "SELECT id, hold, thread, at, frames, native FROM sample ORDER BY id",
  "SELECT t, origin, switches, interval, open, blame FROM gil_state ORDER BY id",
  "SELECT id, act, type, site FROM error_key ORDER BY id",
  "SELECT t, records, errors, crc FROM error_chunk ORDER BY t",
  "SELECT key, count, chained FROM error_total ORDER BY key",
  "SELECT key, text FROM message ORDER BY key",
  "SELECT id, function, module FROM call ORDER BY id",
  "SELECT id, calls FROM call_total ORDER BY id",
  "SELECT id, address, type, first, last, state, produced, dropped, stored, origin FROM watched ORDER BY id",
  "SELECT id, code, instruction, native FROM place ORDER BY id",
  "SELECT t, records, size, crc FROM history_chunk ORDER BY t",
  "SELECT id, module, name, address, calls FROM audit_function ORDER BY id",
  "SELECT function, role, api, type, kept, most, calls, consistent, address FROM audit_keep ORDER BY function, role, api, type",
  "SELECT rule, function, api, type, address, count, guarded FROM audit_finding ORDER BY rule, function, api, type, address",
  "SELECT api, address, calls FROM audit_missed ORDER BY api, address",
  "SELECT module, facts FROM audit_abi ORDER BY module",
  "SELECT id, entry_points FROM audit_state ORDER BY id",
  "SELECT address, depth, function, file, line FROM source_line ORDER BY address, depth",
];

const heapQueries: readonly string[] = [
  "SELECT id, t, pause, walk, objects, edges, size, chunks FROM heap_snapshot ORDER BY id",
  "SELECT id, size, crc FROM heap_chunk ORDER BY id",
];

const diagnosisQueries: readonly string[] = ["SELECT id, size, crc FROM diagnosis ORDER BY id"];
const sourceQueries: readonly string[] = [
  "SELECT file, hash FROM source_file ORDER BY file",
  "SELECT file, line, text FROM source_text ORDER BY file, line",
];
const markQueries: readonly string[] = ["SELECT t, name, live FROM mark ORDER BY t"];

function queriesOf(connection: Connection): readonly string[] {
  if (formatOf(connection) < 2) return lifecycleQueries;
  return [
    ...lifecycleQueries,
    ...laterQueries,
    ...(hasTable(connection, "heap_snapshot") ? heapQueries : []),
    ...(hasTable(connection, "diagnosis") ? diagnosisQueries : []),
    ...(hasTable(connection, "source_text") ? sourceQueries : []),
    ...(hasTable(connection, "mark") ? markQueries : []),
  ];
}

/** `tick` hears of each row: who waits knows that something moves, and may throw. */
export function manifestOf(connection: Connection, tick: () => void = () => {}): string {
  const rows = new RowHash();
  for (const query of queriesOf(connection)) {
    rows.text(`${query.slice(query.indexOf("FROM"))}\n`);
    for (const row of allRows(connection.prepare(query))) {
      tick();
      for (const value of row) rows.put(value);
    }
  }
  return rows.digest();
}

const textAtOnce = 1 << 16;

/** Texts are gathered before they are hashed: a call for each number of a million rows takes longer than all else. */
class RowHash {
  readonly #hash = createHash("sha256");
  #text = "";

  /** Each value with its kind and length before it, so that no two rows read the same. */
  put(value: unknown): void {
    if (value instanceof Uint8Array) {
      this.text(`b${value.length}:`);
      this.#flush();
      this.#hash.update(value);
    } else if (typeof value === "string") this.text(`t${value.length}:${value}`);
    else this.text(`n${String(value)};`);
  }

  text(part: string): void {
    this.#text += part;
    if (this.#text.length > textAtOnce) this.#flush();
  }

  digest(): string {
    this.#flush();
    return this.#hash.digest("hex");
  }

  #flush(): void {
    if (this.#text !== "") this.#hash.update(this.#text);
    this.#text = "";
  }
}
