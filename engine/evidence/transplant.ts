// A recording whose first page or whose list of tables is damaged in; the same with these as a new recording has them, opened, out. Used by salvage.ts.
import { closeSync, copyFileSync, openSync, readSync, rmSync, statSync, writeSync } from "node:fs";
import type { Result } from "../../shared/failures.ts";
import { emptyRecording } from "../store/create.ts";
import { type OpenedFile, openFile } from "../store/open.ts";
import { allRows, numberAt } from "../store/rows.ts";
import { formatVersion, pageBytes, tablesOf } from "../store/schema.ts";
import { connectForReading, siblings } from "../store/sqlite.ts";

/** Of SQLite's header: https://www.sqlite.org/fileformat.html §1.3 */
const at = { changes: 24, pages: 28, freeList: 32, freePages: 36, validFor: 92 } as const;

/** Works beside `out`, on copies. Undefined where it does not open for all that. */
export function withFreshSchema<T>(
  path: string,
  out: string,
  moving: () => void,
  act: (file: OpenedFile) => Result<T>,
): Result<T> | undefined {
  const [donor, patient] = [`${out}.donor-${process.pid}`, `${out}.patient-${process.pid}`];
  try {
    if (!statSync(path).isFile()) return undefined;
    for (const _ of likeliest(path, donor, moving)) {
      copyFileSync(path, patient);
      transplant(donor, patient);
      const opened = openFile(patient);
      if (opened.ok) return act(opened.value);
    }
    return undefined;
  } finally {
    for (const file of [donor, patient].flatMap((name) => [name, ...siblings(name)])) rmSync(file, { force: true });
  }
}

interface Kind {
  readonly vacuum: "NONE" | "INCREMENTAL";
  readonly tables: readonly string[];
}

/** Makes at `donor` one recording after the other, the likeliest first: recordings of a format gained tables, and the fewer pages of the list of
 * them differ, the likelier the damaged one was made like this one. */
function* likeliest(path: string, donor: string, moving: () => void): Generator<void> {
  const kinds = (["NONE", "INCREMENTAL"] as const).flatMap((vacuum) =>
    tablesOf(formatVersion).map((tables): Kind => ({ vacuum, tables })),
  );
  const make = ({ vacuum, tables }: Kind) => {
    moving();
    emptyRecording(donor, {}, vacuum, tables);
  };
  const others: { readonly kind: Kind; readonly pages: number }[] = [];
  for (const kind of kinds) {
    make(kind);
    const pages = differingPages(donor, path);
    if (pages === 0) yield;
    else others.push({ kind, pages });
  }
  for (const { kind } of others.toSorted((one, other) => one.pages - other.pages)) {
    make(kind);
    yield;
  }
}

/** Of those that list the tables; the first one differs in what it counts. */
function differingPages(donor: string, patient: string): number {
  const [one, other] = [openSync(donor, "r"), openSync(patient, "r")];
  try {
    const pageOf = (file: number, page: number) => {
      const bytes = Buffer.alloc(pageBytes);
      readSync(file, bytes, 0, pageBytes, (page - 1) * pageBytes);
      return bytes;
    };
    return schemaPages(donor).filter((page) => page > 1 && !pageOf(one, page).equals(pageOf(other, page))).length;
  } finally {
    closeSync(one);
    closeSync(other);
  }
}

function transplant(donor: string, patient: string): void {
  const [from, to] = [openSync(donor, "r"), openSync(patient, "r+")];
  try {
    const pages = Math.ceil(statSync(patient).size / pageBytes);
    for (const page of schemaPages(donor)) {
      const bytes = Buffer.alloc(pageBytes);
      readSync(from, bytes, 0, pageBytes, (page - 1) * pageBytes);
      if (page === 1) {
        bytes.writeUInt32BE(pages, at.pages);
        for (const field of [at.freeList, at.freePages]) bytes.writeUInt32BE(0, field);
        bytes.writeUInt32BE(bytes.readUInt32BE(at.changes), at.validFor);
      }
      writeSync(to, bytes, 0, pageBytes, (page - 1) * pageBytes);
    }
  } finally {
    closeSync(from);
    closeSync(to);
  }
}

function schemaPages(donor: string): readonly number[] {
  const connection = connectForReading(donor);
  try {
    const query = "SELECT pageno FROM dbstat WHERE name = 'sqlite_schema' ORDER BY pageno";
    return Array.from(allRows(connection.prepare(query)), (row) => numberAt(row, 0));
  } finally {
    connection.close();
  }
}
