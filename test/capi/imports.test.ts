// In: every extension module found on this machine and in a few wheels. Out: each symbol of CPython's that they import is in the table;
// of the imported functions at least 97 of 100, counted by import, have a rule with nothing unknown in it.
import { expect, test } from "vitest";
import { importsOf } from "../../engine/abi/imports.ts";
import { isKnown } from "../../shared/capi/row.ts";
import { apiTable } from "../../shared/capi/table.ts";
import { everyWheelModule, installedModules } from "./modules.ts";

const table = apiTable();

/** Symbol → how many modules import it. */
function imported(paths: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) {
    const found = importsOf(path);
    if (!found.ok) throw new Error(found.failure.cause);
    for (const name of [...found.value.required, ...found.value.optional])
      counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

test("what extension modules import is known", () => {
  const paths = [...installedModules(), ...everyWheelModule()];
  const counts = imported(paths);
  const sum = (names: readonly string[]) => names.reduce((total, name) => total + (counts.get(name) ?? 0), 0);
  const names = [...counts.keys()].toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const functions = names.filter((name) => table.history(name).length > 0);
  const known = functions.filter((name) => table.history(name).every(isKnown));
  const unlisted = names.filter((name) => table.versions(name) === undefined);
  const share = sum(known) / sum(functions);
  console.info(
    `${paths.length} modules import ${names.length} symbols ${sum(names)} times; functions: ${functions.length}, ${sum(functions)} times, ` +
      `${(100 * share).toFixed(2)} % known; unknown in part: ${functions.filter((name) => !known.includes(name)).join(" ")}`,
  );
  expect(paths.length).toBeGreaterThan(50);
  expect(unlisted).toEqual([]);
  expect(share).toBeGreaterThanOrEqual(0.97);
});
