// Rows of cells in, aligned lines out, cut where the terminal ends. Next: the verbs print them.
import { safe } from "./safe.ts";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly right?: boolean;
}

/** `width` undefined: nothing is cut, as for a pipe. Cells are escaped here, so no row can forge another. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width?: number,
): readonly string[] {
  const cells = rows.map((row) => columns.map((column) => safe(column.cell(row))));
  const widths = columns.map(({ title }, at) => Math.max(title.length, ...cells.map((row) => lengthOf(row[at] ?? ""))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => pad(cell, widths[at] ?? 0, columns[at]?.right === true, at === columns.length - 1))
      .join("  ");
  return [columns.map(({ title }) => title), ...cells].map(line).map((text) => cut(text.trimEnd(), width));
}

function pad(cell: string, width: number, right: boolean, last: boolean): string {
  const space = " ".repeat(Math.max(0, width - lengthOf(cell)));
  if (right) return space + cell;
  return last ? cell : cell + space;
}

/** In code points: near enough, as wide characters are rare in these columns. */
const lengthOf = (text: string): number => [...text].length;

export function cut(text: string, width: number | undefined): string {
  const characters = [...text];
  if (width === undefined || characters.length <= width) return text;
  return `${characters.slice(0, Math.max(0, width - 1)).join("")}…`;
}
