// A table in, CSV (RFC 4180) out, whose texts no spreadsheet takes for formulas. Next: export.ts.
import type { Cell, Table } from "./table.ts";

/** A cell that begins so is run by spreadsheets (OWASP, "CSV Injection"); an apostrophe before it makes it a text. */
const formula = /^[=+\-@\t\r|%]/;

export function csv({ columns, rows }: Table): Uint8Array {
  const lines = [columns.map(({ name }) => name), ...rows].map((row) => `${row.map(cellText).join(",")}\r\n`);
  return new TextEncoder().encode(lines.join(""));
}

/** Nothing at all where it is not known. */
function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = formula.test(cell.trimStart()) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
