// The fields of one generated row in, the rule it stands for out. Columns, in order: name, versions, level, stable ABI since, result,
// arguments, failure, with an error set, GIL. Next: table.ts.

/** 12 is CPython 3.12. */
export type Minor = number;
export type Fields = readonly string[];

/**
 * What becomes of the caller's reference to an argument.
 * value: no object. borrows: nothing. keeps: the callee takes one of its own, on success. steals: it takes the caller's, also on failure.
 * gives, destroys: Py_IncRef and _Py_Dealloc. new-out, borrowed-out: a reference is written through the pointer; replaces: the one
 * there is released and another put in its place. borrows-all, steals-all: an array of objects.
 */
export const argumentRules = {
  v: "value",
  b: "borrows",
  k: "keeps",
  s: "steals",
  S: "steals-on-success",
  g: "gives",
  d: "destroys",
  o: "new-out",
  w: "borrowed-out",
  x: "replaces",
  a: "borrows-all",
  A: "steals-all",
  u: "unknown",
} as const;
export type ArgumentRule = (typeof argumentRules)[keyof typeof argumentRules];

/** What follows the named arguments; build: as a format of Py_BuildValue says ("N" steals), parse: as one of PyArg_Parse. */
export const restRules = {
  "v*": "values",
  "b*": "borrows",
  "k*": "keeps",
  "w*": "borrowed-out",
  f: "build",
  p: "parse",
} as const;
export type RestRule = (typeof restRules)[keyof typeof restRules];

/** new and borrowed: an object. null: always NULL. none: void. */
const resultRules = {
  new: "new",
  borrowed: "borrowed",
  null: "null",
  none: "none",
  int: "int",
  other: "other",
} as const;
export type ResultRule = (typeof resultRules)[keyof typeof resultRules] | "unknown";

/**
 * What it returns when it has set an exception. none: it sets none. argument: it returns nothing, the pointer it was given is NULL then.
 * always: setting one (with NULL: clearing it) is what it is for.
 */
const failureRules = {
  null: "NULL",
  "-1": "-1",
  "-2": "-2",
  "0": "0",
  argument: "argument",
  always: "always",
  none: "none",
} as const;
export type FailureRule = (typeof failureRules)[keyof typeof failureRules] | "unknown";

/** limited: named by the limited API. abi-only: exported for its macros. inlined: private, called by public macros. */
const levels = {
  limited: "limited",
  "abi-only": "abi-only",
  public: "public",
  unstable: "unstable",
  inlined: "inlined",
  private: "private",
} as const;
export type Level = (typeof levels)[keyof typeof levels];

export interface Row {
  readonly name: string;
  /** Minor versions that export it with this signature. */
  readonly versions: readonly Minor[];
  readonly level: Level;
  /** Minor version in which it joined the stable ABI. */
  readonly stableSince: Minor | undefined;
  readonly result: ResultRule;
  readonly arguments: readonly ArgumentRule[];
  readonly rest: RestRule | undefined;
  readonly failure: FailureRule;
  /** The failure value may also be a good answer; PyErr_Occurred() tells. */
  readonly ambiguous: boolean;
  /** Called with an exception set. wrong: it would answer for that exception, run code with it, or lose it. */
  readonly withError: "fine" | "wrong" | "unknown";
  /** Without a thread state of its own it must not be called. */
  readonly needsGil: boolean;
}

function pick<K extends string, V>(table: Readonly<Record<K, V>>, key: string): V | undefined {
  return Object.entries<V>(table).find(([known]) => known === key)?.[1];
}

/** "8-10,13" → 8, 9, 10, 13. */
export function present(text: string): readonly Minor[] {
  return text.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

export function read(fields: Fields): Row {
  const [name = "", versions = "", level = "", stable = "", result = "", words = "", failure = "", error = ""] = fields;
  const tokens = words === "" ? [] : words.split(" ");
  const rest = pick(restRules, tokens.at(-1) ?? "");
  const named = rest === undefined ? tokens : tokens.slice(0, -1);
  const ambiguous = failure.length > 1 && failure.endsWith("?");
  return {
    name,
    versions: present(versions),
    level: pick(levels, level) ?? "private",
    stableSince: stable === "" ? undefined : Number(stable),
    result: pick(resultRules, result) ?? "unknown",
    arguments: named.map((token) => pick(argumentRules, token) ?? "unknown"),
    rest,
    failure: pick(failureRules, ambiguous ? failure.slice(0, -1) : failure) ?? "unknown",
    ambiguous,
    withError: error === "fine" || error === "wrong" ? error : "unknown",
    needsGil: fields[8] !== "free",
  };
}

/** Nothing of it is unknown that a ledger of references and errors needs. */
export const isKnown = (row: Row): boolean =>
  row.result !== "unknown" && row.failure !== "unknown" && !row.arguments.includes("unknown");
