// What the sources say of one function in, its rows of the table out: one row for each signature it had. Next: generate.ts.
import type { Headers } from "./headers.ts";
import { Patterns } from "./patterns.ts";
import { type Prototype, resultKind, signature, token } from "./prototype.ts";
import type { CountedRow, DocumentedRow, StableRow } from "./sources.ts";
import { argumentRows, keepsAllObjects, variadicTails } from "./supplement/arguments.ts";
import { failures } from "./supplement/failures.ts";
import { results } from "./supplement/results.ts";
import { fineWithError, undeclared, withoutGil, wrongWithError } from "./supplement/surroundings.ts";

export interface Sources {
  readonly refcounts: ReadonlyMap<string, CountedRow>;
  readonly stable: ReadonlyMap<string, StableRow>;
  readonly documentation: ReadonlyMap<string, DocumentedRow>;
  /** By minor version. */
  readonly headers: ReadonlyMap<number, Headers>;
}
interface Era {
  readonly versions: readonly number[];
  readonly prototype: Prototype | undefined;
}

const flat = (rows: Readonly<Record<string, string>>) => Object.entries(rows);
const failurePatterns = new Patterns<string>(flat(failures));
const resultPatterns = new Patterns<string>(flat(results));
const errorPatterns = new Patterns<string>([
  ["fine", fineWithError],
  ["wrong", wrongWithError],
]);
const gilPatterns = new Patterns<string>([["free", withoutGil]]);
const ownerPatterns = new Patterns<true>([[true, keepsAllObjects]]);
const tailPatterns = new Patterns<string>(variadicTails.map(([pattern, tail]) => [tail, [pattern]]));
const handRows = new Set<string>();

/** Slips of the supplement: what speaks for no function. */
export function unusedRows(): readonly string[] {
  const patterns = [failurePatterns, resultPatterns, errorPatterns, gilPatterns, ownerPatterns, tailPatterns];
  return [
    ...patterns.flatMap((one) => one.unused()),
    ...Object.keys(argumentRows).filter((name) => !handRows.has(name)),
  ];
}

const apart = (text: string): Prototype => {
  const [, result = "", inside = ""] = /^(.*?)\s*\(([^)]*)\)$/.exec(text) ?? [];
  return { result, parameters: inside === "" ? [] : inside.split(",").map((one) => one.trim()), internal: true };
};

/** Of that version's headers, else of the nearest one's; macros that rename (`_SizeT`) leave the declaration under the public name. */
function prototypeOf(name: string, minor: number, { headers }: Sources): Prototype | undefined {
  const names = [name, name.replace(/_SizeT$/, ""), name.replace(/^_(\w+)_SizeT$/, "$1")];
  const nearest = [...headers].toSorted(([a], [b]) => Math.abs(a - minor) - Math.abs(b - minor));
  for (const one of names)
    for (const [, { prototypes }] of nearest) {
      const found = prototypes.get(one);
      if (found !== undefined) return found;
    }
  const written = undeclared[name];
  return written === undefined ? undefined : apart(written);
}

function eras(name: string, versions: readonly number[], sources: Sources): readonly Era[] {
  const found: { versions: number[]; prototype: Prototype | undefined; key: string }[] = [];
  for (const minor of versions) {
    const prototype = prototypeOf(name, minor, sources);
    const key = `${prototype === undefined ? "" : signature(prototype)} ${resultPatterns.find(name, minor) ?? ""}`;
    const last = found.at(-1);
    if (last?.key === key) last.versions.push(minor);
    else found.push({ versions: [minor], prototype, key });
  }
  return found;
}

function handRow(name: string, count: number): readonly string[] | undefined {
  const row = argumentRows[name];
  const rows = row === undefined ? [] : typeof row === "string" ? [row] : row;
  const found = rows.map((one) => one.split(" ")).find((tokens) => tokens.length === count);
  if (found !== undefined) handRows.add(name);
  return found;
}

function tail(name: string, parameter: string, minor: number): string {
  return /\.\.\.|\bva_list\b/.test(parameter) ? (tailPatterns.find(name, minor) ?? "v*") : token(parameter);
}

function tokens(name: string, { prototype, versions }: Era, counted: CountedRow | undefined): readonly string[] {
  if (prototype === undefined) return ["u"];
  const hand = handRow(name, prototype.parameters.length);
  if (hand !== undefined) return hand;
  const minor = versions.at(-1) ?? 0;
  const plain = prototype.parameters.map((parameter) => tail(name, parameter, minor));
  if (ownerPatterns.find(name, minor)) return plain.map((one) => (one === "b" ? "k" : one));
  if (counted?.effects.length !== plain.length) return plain;
  return plain.map((one, index) => {
    const effect = counted.effects[index] ?? "";
    if (effect === "-1") throw new Error(`${name}: refcounts.dat says −1 of an argument, the supplement says nothing`);
    return one === "b" && effect === "+1" ? "k" : one;
  });
}

const effectNames: Readonly<Record<string, string>> = { "+1": "new", "0": "borrowed", null: "null" };

function resultOf(name: string, era: Era, sources: Sources): string {
  const kind = era.prototype === undefined ? "?" : resultKind(era.prototype.result);
  if (kind !== "object") return kind;
  return (
    resultPatterns.find(name, era.versions.at(-1) ?? 0) ??
    effectNames[sources.refcounts.get(name)?.result ?? ""] ??
    sources.documentation.get(name)?.result ??
    "?"
  );
}

function failureOf(name: string, era: Era, result: string, sources: Sources): string {
  const hand = failurePatterns.find(name, era.versions.at(-1) ?? 0);
  if (hand !== undefined) return hand;
  if (["new", "borrowed", "null"].includes(result)) return "null";
  if (result === "none") return "none";
  const numeric = result === "int" || /^(?:double|Py_complex)$/.test(era.prototype?.result ?? "");
  return numeric && sources.documentation.get(name)?.minusOne ? "-1" : "?";
}

/** A value that may mean an error or not is read with PyErr_Occurred(), which an older exception would answer. */
function errorOf(name: string, minor: number, failure: string): string {
  const hand = errorPatterns.find(name, minor);
  if (hand !== undefined) return hand;
  if (failure === "none") return "fine";
  return failure.length > 1 && failure.endsWith("?") ? "wrong" : "?";
}

export function stableOf(name: string, { stable, documentation }: Sources): StableRow | undefined {
  const since = documentation.get(name)?.stableSince;
  return stable.get(name) ?? (since === undefined ? undefined : { since, abiOnly: false });
}

function levelOf(name: string, era: Era, sources: Sources): string {
  const stable = stableOf(name, sources);
  if (stable !== undefined) return stable.abiOnly ? "abi-only" : "limited";
  if (name.startsWith("PyUnstable_")) return "unstable";
  if (sources.documentation.has(name)) return "public";
  const inlined = era.versions.some((minor) => sources.headers.get(minor)?.inlined.has(name));
  if (name.startsWith("_")) return inlined ? "inlined" : "private";
  return era.prototype?.internal === false ? "public" : "private";
}

/** [8, 9, 11] → "8-9,11". */
export function ranges(versions: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const minor of versions) {
    const last = parts.at(-1);
    if (last !== undefined && last[1] === minor - 1) last[1] = minor;
    else parts.push([minor, minor]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

export function rowsOf(name: string, versions: readonly number[], sources: Sources): readonly string[] {
  return eras(name, versions, sources).map((era) => {
    const minor = era.versions.at(-1) ?? 0;
    const result = resultOf(name, era, sources);
    const failure = failureOf(name, era, result, sources);
    const fields = [
      name,
      ranges(era.versions),
      levelOf(name, era, sources),
      stableOf(name, sources)?.since ?? "",
      result,
      tokens(name, era, sources.refcounts.get(name)).join(" "),
      failure,
      errorOf(name, minor, failure),
      gilPatterns.find(name, minor) ?? "held",
    ];
    return fields.join("|");
  });
}
