// A recording that is about to be closed in; the lines of C that it names, those of findings first, each file with the module that was built of it, out.
// Used by source-recorder.ts.
import { isOfCPython } from "../analysis/audit-places.ts";
import { addressOf } from "../store/key-table.ts";
import { allRows, numberAt, textAt } from "../store/rows.ts";
import type { Connection } from "../store/sqlite.ts";

export interface NativeFile {
  readonly lines: ReadonlySet<number>;
  /** The path of the module: what is newer than it is not what was compiled. */
  readonly module: string;
}

const named = `SELECT source_line.address, f.text, line FROM source_line JOIN name f ON f.id = file
  ORDER BY source_line.address IN (SELECT address FROM audit_function), source_line.address, depth`;

export function nativeLinesWanted(connection: Connection): ReadonlyMap<string, NativeFile> {
  const moduleAt = modulesOf(connection);
  const files = new Map<string, { lines: Set<number>; module: string }>();
  for (const row of allRows(connection.prepare(named))) {
    const [module, file] = [moduleAt(addressOf(textAt(row, 0))), textAt(row, 1)];
    if (module === undefined || isOfCPython(file)) continue;
    const known = files.get(file) ?? { lines: new Set(), module };
    known.lines.add(numberAt(row, 2));
    files.set(file, known);
  }
  return files;
}

function modulesOf(connection: Connection): (address: bigint) => string | undefined {
  const query = connection.prepare("SELECT base, size, name.text FROM module JOIN name ON name.id = path");
  const modules = Array.from(allRows(query), (row) => ({
    base: addressOf(textAt(row, 0)),
    size: BigInt(numberAt(row, 1)),
    path: textAt(row, 2),
  }));
  return (address) => modules.findLast(({ base, size }) => address >= base && address < base + size)?.path;
}
