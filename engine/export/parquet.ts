// A table in, a Parquet file out. Next: export.ts.
import { parquetWriteBuffer } from "hyparquet-writer";
import type { ColumnKind, Table } from "./table.ts";

const types = { text: "STRING", whole: "INT64", number: "DOUBLE" } as const satisfies Record<ColumnKind, string>;

/** `inFolders`: the columns that the folders say are left out. */
export function parquet({ columns, rows }: Table, inFolders: boolean): Uint8Array {
  const columnData = columns.flatMap(({ name, kind, partition }, at) => {
    if (inFolders && partition) return [];
    const cells = rows.map((row) => row[at] ?? null);
    const data = kind === "whole" ? cells.map(wholeNumber) : cells;
    return [{ name, data, type: types[kind], nullable: true }];
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

const wholeNumber = (cell: string | number | null): bigint | null =>
  typeof cell === "number" ? BigInt(Math.round(cell)) : null;
