// A section in, its lines of 80 columns out. Next: text.ts.
import type { Line, Section, SectionTable } from "./section.ts";
import { head, tail, visible, whole } from "./words.ts";

export interface Paint {
  strong(text: string): string;
  dim(text: string): string;
}
export const columns = 80;
const widestText = 28;
const leastPath = 16;

export function sectionLines({ title, sentences, tables }: Section, paint: Paint): readonly string[] {
  return [
    "",
    paint.strong(title),
    ...sentences.flatMap((sentence) => wrap(textOf(sentence))),
    ...tables.flatMap((table) => tableLines(table, paint)),
  ];
}

export const textOf = (line: Line): string =>
  line.map((piece) => (typeof piece === "string" ? piece : visible(piece.name))).join("");

/** The last column has what the others leave, and its further lines below. A path is cut at its front. */
function tableLines({ title, header, textFrom, rows, of }: SectionTable, paint: Paint): readonly string[] {
  const cells = rows.map((row) => row.map((lines) => lines.map(textOf)));
  const last = header.length - 1;
  const widths = header.map((name, at) =>
    Math.max(
      name.length,
      ...cells.map((row) => Math.min(row[at]?.[0]?.length ?? 0, at < textFrom ? columns : widestText)),
    ),
  );
  const room = columns - widths.slice(0, last).reduce((sum, width) => sum + width + 2, 0);
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) =>
        at === last ? fitted(cell, room) : pad(head(cell, widths[at] ?? 0), widths[at] ?? 0, at < textFrom),
      )
      .join("  ")
      .trimEnd();
  return [
    "",
    title,
    paint.dim(line(header)),
    ...cells.flatMap((row) => [
      line(row.map((lines) => lines[0] ?? "")),
      ...(row[last] ?? []).slice(1).map((more) => paint.dim(`${" ".repeat(columns - room)}${fitted(more, room)}`)),
    ]),
    ...(of > rows.length ? [paint.dim(`    and ${whole(of - rows.length)} more (--json has all)`)] : []),
  ];
}

/** Of "function at path" the function stays, where there is room for a file's name beside it. */
function fitted(text: string, width: number): string {
  const [name = ""] = /^.{1,40}? (?:at|in) /.exec(text) ?? [];
  return name.length + leastPath <= width
    ? name + tail(text.slice(name.length), width - name.length)
    : tail(text, width);
}

const pad = (cell: string, width: number, right: boolean): string =>
  right ? cell.padStart(width) : cell.padEnd(width);

/** Lines of at most 80 columns, broken between words; a word that is longer stays whole. */
export function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
