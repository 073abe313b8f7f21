// A file for reading in; what the recording says of the error indicator, and of calls of the C API, out. Used by reader.ts.
import { errorActs, type RawErrorDeltas, type RawErrorKey } from "../../shared/records.ts";
import { decodeErrors } from "../../shared/wire-errors.ts";
import type { CallTotals, ErrorReader, ErrorTotals } from "./error-reader.ts";
import { intact } from "./intact.ts";
import { boundedBlob, boundedText, bytesAt, mostRows, numberAt, readableRows, type Source, textAt } from "./rows.ts";

export class StoredErrors implements ErrorReader {
  readonly keys: ReadonlyMap<number, RawErrorKey>;
  readonly messages: ReadonlyMap<number, string>;
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
    this.keys = readKeys(source);
    const messages = `SELECT key, ${boundedText("text")} FROM message LIMIT ${mostRows}`;
    this.messages = new Map(Array.from(readableRows(source, messages), (row) => [numberAt(row, 0), textAt(row, 1)]));
  }

  totals(): readonly ErrorTotals[] {
    const query = `SELECT key, count, chained FROM error_total ORDER BY key LIMIT ${mostRows}`;
    return Array.from(readableRows(this.#source, query), (row) => ({
      key: numberAt(row, 0),
      count: numberAt(row, 1),
      chained: numberAt(row, 2),
    }));
  }

  *chunks(): Generator<{ t: number; errors: RawErrorDeltas }> {
    const query = `SELECT t, records, crc, ${boundedBlob("deltas")} FROM error_chunk ORDER BY t`;
    for (const row of readableRows(this.#source, query)) {
      const read = (bytes: Uint8Array) => decodeErrors(bytes, numberAt(row, 1));
      const errors = intact(this.#source.damage, numberAt(row, 2), () => bytesAt(row, 3), read);
      if (errors) yield { t: numberAt(row, 0), errors };
    }
  }
}

function readKeys(source: Source): ReadonlyMap<number, RawErrorKey> {
  const rows = readableRows(source, `SELECT id, act, type, site FROM error_key LIMIT ${mostRows}`);
  return new Map(
    Array.from(rows, (row) => {
      const id = numberAt(row, 0);
      return [id, { id, act: errorActs[numberAt(row, 1)] ?? "raised", type: numberAt(row, 2), site: numberAt(row, 3) }];
    }),
  );
}

export function readCalls(source: Source): readonly CallTotals[] {
  const query = `SELECT ${boundedText("f.text")}, ${boundedText("m.text")}, calls FROM call_total JOIN call USING (id)
    JOIN name f ON f.id = function JOIN name m ON m.id = module ORDER BY calls DESC LIMIT ${mostRows}`;
  return Array.from(readableRows(source, query), (row) => ({
    function: textAt(row, 0),
    module: textAt(row, 1),
    calls: numberAt(row, 2),
  }));
}
