// A connection for reading in; what the recording's ids stand for, out. Next: engine/analysis/frames.ts.
import { type Domain, domains, type RawCode, type RawKey, type RawModule, type RawSite } from "../../shared/records.ts";
import { numbersOf } from "./numbers.ts";
import { allRows, boundedBlob, boundedText, bytesAt, mostRows, numberAt, type Row, textAt } from "./rows.ts";
import type { Connection } from "./sqlite.ts";

export interface Names {
  readonly types: ReadonlyMap<number, string>;
  readonly codes: ReadonlyMap<number, RawCode>;
  readonly sites: ReadonlyMap<number, RawSite>;
  readonly keys: ReadonlyMap<number, RawKey>;
  readonly modules: readonly RawModule[];
  readonly symbols: ReadonlyMap<
    bigint,
    { readonly module: string; readonly function: string | undefined; readonly offset: number }
  >;
}

const mostFrames = 64;

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
    sites: new Map(
      Array.from(rows(`id, ${boundedText("native")}, ${boundedBlob("frames")}`, "site"), (row) => [
        numberAt(row, 0),
        siteOf(row),
      ]),
    ),
    keys: new Map(Array.from(rows("id, type, site, domain", "key"), (row) => [numberAt(row, 0), keyOf(row)])),
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

function siteOf(row: Row): RawSite {
  const numbers = numbersOf(bytesAt(row, 2), 2 * mostFrames);
  const depth = Math.min(mostFrames, Math.floor(numbers.length / 2));
  const frames = Array.from({ length: depth }, (_, at) => ({
    code: numbers[2 * at] ?? 0,
    instruction: numbers[2 * at + 1] ?? 0,
  }));
  return { id: numberAt(row, 0), native: addressAt(row, 1), frames };
}

function keyOf(row: Row): RawKey {
  const domain: Domain = domains[numberAt(row, 3)] ?? "raw";
  return { id: numberAt(row, 0), type: numberAt(row, 1), site: numberAt(row, 2), domain };
}

function addressAt(row: Row, column: number): bigint {
  const text = textAt(row, column);
  return /^0x[0-9a-f]{1,16}$/.test(text) ? BigInt(text) : 0n;
}
