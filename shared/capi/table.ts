// The generated rows in, what one function of CPython's C API does with references, errors and the GIL out. Next: the agent's ledger,
// engine/abi. Reading the table costs a few milliseconds once; who needs it makes one and keeps it.
import { dataRows, functionRows } from "./functions.generated.ts";
import { type Fields, type Minor, present, type Row, read } from "./row.ts";

export interface ApiTable {
  /** Its rule in CPython 3.`minor`; undefined when no such function is exported there. */
  function(name: string, minor: Minor): Row | undefined;
  /** One rule for each signature it had, oldest first; none when it is no function of the API. */
  history(name: string): readonly Row[];
  /** Minor versions that export it, function or variable; undefined for what is no symbol of CPython. */
  versions(name: string): readonly Minor[] | undefined;
  /** Minor version in which it joined the stable ABI; undefined when it never did. */
  stableSince(name: string): Minor | undefined;
  readonly names: readonly string[];
}

/** Minor versions the table knows: every function and variable is listed with those that export it. */
export const knownMinors: readonly Minor[] = [8, 9, 10, 11, 12, 13, 14, 15];

function group(rows: string): ReadonlyMap<string, readonly Fields[]> {
  const groups = new Map<string, Fields[]>();
  for (const line of rows.trim().split("\n")) {
    const fields = line.split("|");
    const name = fields[0] ?? "";
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [fields]);
    else known.push(fields);
  }
  return groups;
}

export function apiTable(): ApiTable {
  const functions = group(functionRows);
  const data = group(dataRows);
  const history = (name: string) => (functions.get(name) ?? []).map(read);
  return {
    names: [...functions.keys()],
    history,
    function: (name, minor) => history(name).find((row) => row.versions.includes(minor)),
    versions(name) {
      const rows = functions.get(name) ?? data.get(name);
      return rows?.flatMap((fields) => present(fields[1] ?? ""));
    },
    stableSince(name) {
      const since = functions.get(name)?.[0]?.[3] ?? data.get(name)?.[0]?.[2] ?? "";
      return since === "" ? undefined : Number(since);
    },
  };
}
