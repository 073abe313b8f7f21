// A module's name, its imports and the table in, its facts out. Pure. Next: abi-facts.ts.

import type { AbiModule } from "../../shared/abi-document.ts";
import type { Minor } from "../../shared/capi/row.ts";
import { type ApiTable, knownMinors } from "../../shared/capi/table.ts";
import { changesOf } from "./changes.ts";
import type { Imports } from "./imports.ts";

const versionText = (minor: Minor): string => `3.${minor}`;

/** Under Py_LIMITED_API a type object has no fields, so none can be static: who readies one saw the full API. */
const fullApiOnly: ReadonlySet<string> = new Set(["PyType_Ready"]);

const isAbi3 = (path: string): boolean => /\.abi3(?:t)?\.so$/.test(path);

/** "x.cpython-311-x86_64-linux-gnu.so" → 11. PEP 3149. */
function taggedMinor(path: string): Minor | undefined {
  const minor = /\.cpython-3(\d+)[a-z]*-[^/]*\.so$/.exec(path)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

/** Single-phase modules create themselves, multi-phase ones hand their definition over: PEP 489. */
function multiPhase({ required, entries }: Imports): boolean | null {
  if (entries.some((name) => name.startsWith("PyModExport_"))) return true;
  const handsOver = required.includes("PyModuleDef_Init");
  const creates = required.includes("PyModule_Create2");
  return handsOver === creates ? null : handsOver;
}

/** The first version after the last that exports it; undefined while the newest does. */
function removedIn(versions: readonly Minor[]): Minor | undefined {
  const last = versions.at(-1) ?? 0;
  return knownMinors.find((minor) => minor > last);
}

function isPrivate(name: string, table: ApiTable): boolean {
  const level = table.history(name).at(-1)?.level;
  return level === "private" || (level === undefined && name.startsWith("_") && table.stableSince(name) === undefined);
}

/** `running` is the version whose library it is used with, when its name tells none. */
export function moduleFacts(path: string, imports: Imports, running: Minor, table: ApiTable): AbiModule {
  const required = imports.required.filter((name) => table.versions(name) !== undefined);
  const used = [...required, ...imports.optional.filter((name) => table.versions(name) !== undefined)].toSorted();
  const exports = (name: string, minor: Minor) => table.versions(name)?.includes(minor) ?? false;
  const breaksOn = knownMinors.filter((minor) => required.some((name) => !exports(name, minor)));
  const stable = used.every((name) => table.stableSince(name) !== undefined);
  const builtFor = isAbi3(path) ? undefined : taggedMinor(path);
  const oldest = knownMinors.find((minor) => !breaksOn.includes(minor));
  return {
    module: path,
    api: stable && !used.some((name) => fullApiOnly.has(name)) ? "limited" : "full",
    stableAbi: stable && isAbi3(path),
    builtFor: builtFor === undefined ? null : versionText(builtFor),
    needs: oldest === undefined ? null : versionText(oldest),
    multiPhase: multiPhase(imports),
    private: used.filter((name) => isPrivate(name, table)),
    removed: used.flatMap((name) => {
      const since = removedIn(table.versions(name) ?? []);
      return since === undefined ? [] : [{ function: name, since: versionText(since) }];
    }),
    changed: used
      .flatMap((name) => changesOf(name, table))
      .filter(({ since }) => since > (builtFor ?? running))
      .map((change) => ({ ...change, since: versionText(change.since) })),
    breaksOn: breaksOn.map(versionText),
    unknown: [...imports.required, ...imports.optional].filter((name) => table.versions(name) === undefined),
  };
}
