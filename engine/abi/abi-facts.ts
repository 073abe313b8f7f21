// Files of extension modules and the version they run under in, the document of their ABI facts out. Nothing is run. Next: the audit.

import type { AbiModule, AbiReport } from "../../shared/abi-document.ts";
import { apiTable } from "../../shared/capi/table.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { importsOf } from "./imports.ts";
import { moduleFacts } from "./module.ts";

/** `pythonVersion` as "3.11.7" or "3.11". The first file that cannot be read ends it. */
export function abiFacts(paths: readonly string[], pythonVersion: string): Result<AbiReport> {
  const minor = /^3\.(\d+)/.exec(pythonVersion)?.[1];
  if (minor === undefined) return fail("usage", { what: `${pythonVersion} is no version of CPython 3` });
  const table = apiTable();
  const modules: AbiModule[] = [];
  for (const path of paths) {
    const imports = importsOf(path);
    if (!imports.ok) return imports;
    modules.push(moduleFacts(path, imports.value, Number(minor), table));
  }
  return ok({ modules });
}
