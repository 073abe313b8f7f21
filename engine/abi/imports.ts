// The file of an extension module in, the symbols of CPython that it imports and its init functions out. Next: module.ts.
import { fail, ok, type Result } from "../../shared/failures.ts";
import { readElf } from "../elf/elf.ts";

export interface Imports {
  /** Those that must be there. */
  readonly required: readonly string[];
  /** Those it asks for and can do without. */
  readonly optional: readonly string[];
  /** `PyInit_NAME`, and from 3.15 on `PyModExport_NAME`. */
  readonly entries: readonly string[];
}

const ofCpython = /^_?Py[A-Z_a-z]/;
const entry = /^Py(?:Init(?:U)?|ModExport)_/;

export function importsOf(path: string): Result<Imports> {
  const elf = readElf(path);
  if (!elf.ok) return elf;
  const names = elf.value.dynamicNames();
  elf.value.close();
  if (names === undefined) return fail("unreadable-binary", { path, why: "it has no dynamic symbols" });
  const wanted = names.filter(({ name, defined }) => !defined && ofCpython.test(name));
  return ok({
    required: wanted.filter(({ weak }) => !weak).map(({ name }) => name),
    optional: wanted.filter(({ weak }) => weak).map(({ name }) => name),
    entries: names.filter(({ name, defined }) => defined && entry.test(name)).map(({ name }) => name),
  });
}
