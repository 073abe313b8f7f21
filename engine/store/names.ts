// A connection for reading in; what the recording's ids stand for, out. Next: engine/analysis/frames.ts.
import type { RawCode, RawKey, RawModule, RawSite } from "../../shared/records.ts";
import { addressOf, KeyTable, type Lookup, SiteTable } from "./key-table.ts";
import { allRows, boundedBlob, boundedText, bytesAt, mostRows, numberAt, type Row, textAt } from "./rows.ts";
import type { Connection } from "./sqlite.ts";

export interface Names {
  readonly types: ReadonlyMap<number, string>;
  readonly codes: ReadonlyMap<number, RawCode>;
  readonly sites: Lookup<RawSite>;
  readonly keys: Lookup<RawKey>;
  readonly modules: readonly RawModule[];
  readonly symbols: ReadonlyMap<
    bigint,
    { readonly module: string; readonly function: string | undefined; readonly offset: number }
  >;
}

export function readNames(connection: Connection): Names {
  const rows = (columns: string, table: string) =>
    allRows(connection.prepare(`SELECT ${columns} FROM ${table} LIMIT ${mostRows}`));
  const texts = new Map(
    Array.from(rows(`id, ${boundedText("text")}`, "name"), (row) => [numberAt(row, 0), textAt(row, 1)]),
  );
  const nameAt = (row: Row, column: number) => texts.get(numberAt(row, column)) ?? "?";
  return {
    types: new Map(Array.from(rows("id, name", "type"), (row) => [numberAt(row, 0), nameAt(row, 1)])),
    codes: new Map(
      Array.from(rows(`id, function, file, first_line, ${boundedBlob("line_table")}`, "code"), (row) => {
        const code = {
          function: nameAt(row, 1),
          file: nameAt(row, 2),
          firstLine: numberAt(row, 3),
          lineTable: bytesAt(row, 4),
        };
        return [numberAt(row, 0), { id: numberAt(row, 0), ...code }];
      }),
    ),
    sites: new SiteTable(connection),
    keys: new KeyTable(connection),
    modules: Array.from(rows(`${boundedText("base")}, size, path`, "module"), (row) => ({
      base: addressAt(row, 0),
      size: numberAt(row, 1),
      path: nameAt(row, 2),
    })),
    symbols: new Map(
      Array.from(rows(`${boundedText("address")}, module, function, offset`, "symbol"), (row) => {
        const name = row[2] === null ? undefined : nameAt(row, 2);
        return [addressAt(row, 0), { module: nameAt(row, 1), function: name, offset: numberAt(row, 3) }];
      }),
    ),
  };
}

const addressAt = (row: Row, column: number): bigint => addressOf(textAt(row, column));
