// The form of a section of the report: sentences and tables in which what the recording wrote is apart from what we say, because each
// format escapes it in its own way. Made by gil-section.ts and errors-section.ts. Next: text-section.ts, markdown.ts, html.ts.

/** Ours as it is, or a name of the target's. */
export type Piece = string | { readonly name: string };
export type Line = readonly Piece[];

export interface SectionTable {
  readonly title: string;
  readonly header: readonly string[];
  /** Columns from here on are text, those before are numbers. */
  readonly textFrom: number;
  /** A cell is one or more lines. */
  readonly rows: readonly (readonly (readonly Line[])[])[];
  /** Rows there are in all. */
  readonly of: number;
}
export interface Section {
  readonly title: string;
  readonly sentences: readonly Line[];
  readonly tables: readonly SectionTable[];
}

/** Rows and frames that a format has room for. */
export interface Room {
  readonly rows: number;
  readonly frames: number;
}
