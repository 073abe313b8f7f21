// A table in, one JSON object a line out. Next: export.ts.
import type { Table } from "./table.ts";

export function jsonl({ columns, rows }: Table): Uint8Array {
  const lines = rows.map((row) =>
    JSON.stringify(Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null]))),
  );
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
}
