// The include folder of one CPython in, the prototypes of its functions and what its macros call out. Next: derive.ts.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Prototype } from "./prototype.ts";

export interface Headers {
  readonly prototypes: ReadonlyMap<string, Prototype>;
  /** Private functions that macros and inline functions of public headers name. */
  readonly inlined: ReadonlySet<string>;
}

const comment = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
const directive = /^[ \t]*#[^\n]*/gm;
const attribute = /\b(?:Py_DEPRECATED|Py_GCC_ATTRIBUTE|_Py_ATTRIBUTE\w*)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g;
const word = /\b(?:_Py_NO_RETURN|Py_NO_INLINE|_Py_COLD|_Py_NONSTRING)\b/g;
const declaration =
  /(?:PyAPI_FUNC\(([^()]*)\)|\bextern\s+([\w\s*]+?))\s*\(?(\w+)\)?\s*\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g;

/** At commas that stand in no brackets. */
function parameters(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")") depth--;
    if (at < text.length && (text[at] !== "," || depth > 0)) continue;
    parts.push(text.slice(from, at).trim());
    from = at + 1;
  }
  return parts.length === 1 && /^(?:void)?$/.test(parts[0] ?? "") ? [] : parts;
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

function read(path: string): string {
  return readFileSync(path, "latin1").replace(comment, " ").replace(/\\\n/g, " ");
}

function declarations(text: string, internal: boolean): readonly (readonly [string, Prototype])[] {
  const bare = text.replace(directive, "").replace(attribute, " ").replace(word, " ");
  return [...bare.matchAll(declaration)].map(([, api, external, name = "", inside = ""]) => [
    name,
    { result: oneLine(api ?? external ?? ""), parameters: parameters(oneLine(inside)), internal },
  ]);
}

function named(text: string): readonly string[] {
  const rest = text.replace(declaration, " ");
  return [...rest.matchAll(/\b(_Py\w+)\b/g)].map(([, name = ""]) => name);
}

export function readHeaders(include: string): Headers {
  const prototypes = new Map<string, Prototype>();
  const inlined = new Set<string>();
  // Internal headers last: what a public one declares is public.
  const paths = globSync("**/*.h", { cwd: include }).toSorted(
    (a, b) => Number(a.includes("internal")) - Number(b.includes("internal")) || (a < b ? -1 : 1),
  );
  for (const path of paths) {
    const text = read(join(include, path));
    const internal = path.includes("internal");
    for (const [name, prototype] of declarations(text, internal))
      if (!prototypes.has(name)) prototypes.set(name, prototype);
    if (!internal) for (const name of named(text)) inlined.add(name);
  }
  return { prototypes, inlined };
}
