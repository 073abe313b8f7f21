// A function of the C API in, the rule that the core applies to its calls out. Next: core/audit.ts.

import type { ArgumentRule, Row } from "../shared/capi/row.ts";
import { type ApiTable, apiTable } from "../shared/capi/table.ts";
import type { ApiRule } from "./core/audit.ts";

/** By the order of ACT_… in native/audit.h. */
const acts = { none: 0, clear: 1, ask: 2, set: 3, ensure: 4, release: 5, dealloc: 6 } as const;
/** API_… of native/audit.h. */
const flags = {
  needsGil: 1,
  wrongWithError: 2,
  gives: 4,
  borrows: 8,
  variadic: 16,
  memory: 32,
  lends: 64,
  drops: 128,
  asksType: 256,
} as const;
/** As many arguments travel in registers. */
const inRegisters = 6;

/** Who looks at what the error is, takes it or shows it. */
const asks =
  /^_?PyErr_(ExceptionMatches|GivenExceptionMatches|Occurred|Fetch|GetRaisedException|NormalizeException|Print|PrintEx|WriteUnraisable\w*|Display\w*|FormatUnraisable|FormatFromCause\w*|ChainExceptions\w*)$/;
const setsNothing = /SyntaxLocation|SetExcInfo|SetHandledException|SetInterrupt/;
/** CPython compares pointers to these with each other: a stub in a type's slot would be another function. */
const comparedByAddress =
  /^_?(PyObject_Generic\w+|PyObject_SelfIter|PyType_Generic\w+|PyObject_(GC_)?(Del|Free)|PyMem_Free|PyObject_HashNotImplemented|PyObject_NextNotImplemented|PyVectorcall_Call|Py_HashPointer|PyObject_CallFinalizerFromDealloc)$/;

/** Borrowed from what anybody may change: argument 0. */
const lends = /^_?Py(List_GetItem|Dict_GetItem\w*|Dict_SetDefault|Weakref_GetObject)$/;
/** They may take something out of argument 0. */
const drops =
  /^_?Py(List_(SetItem|SetSlice|Clear)|Dict_(SetItem|DelItem|Clear|Pop|Update|Merge)\w*|(Object|Sequence|Mapping)_(Set|Del)(Item|Slice)\w*)$/;
/** Blocks that are got and given back under the GIL. */
const allocates = /^Py(Mem|Object)_(Malloc|Calloc|Realloc)$/;
/** They fail when the object is of another type, and hardly otherwise: to clear that is to ask for the type. */
const asksType =
  /^Py(Bytes_(AsString|Size)|ByteArray_(AsString|Size)|Unicode_GetLength|(Tuple|List|Dict|Set)_Size|Capsule_GetPointer)$/;

/** They give the caller's own new memory back as an object with its first reference. */
const initialises = /^PyObject_Init(Var)?$/;

export interface ApiRules {
  /** Undefined for what is left alone. */
  of(symbol: string): ApiRule | undefined;
}

export function apiRules(versionHex: number): ApiRules {
  const table: ApiTable = apiTable();
  const minor = (versionHex >>> 16) & 0xff;
  const rows = new Map(table.names.flatMap((name) => pair(name, table.function(name, minor))));
  return {
    of(symbol) {
      const row = comparedByAddress.test(symbol) ? undefined : rows.get(symbol);
      return row === undefined ? undefined : ruleOf(row);
    },
  };
}

const pair = (name: string, row: Row | undefined): [string, Row][] => (row === undefined ? [] : [[name, row]]);

function ruleOf(row: Row): ApiRule {
  const mask = (...kinds: readonly ArgumentRule[]) =>
    row.arguments.slice(0, inRegisters).reduce((bits, kind, i) => bits + (kinds.includes(kind) ? 2 ** i : 0), 0);
  return [
    flagsOf(row),
    actOf(row),
    mask("steals"),
    mask("steals-on-success"),
    mask("gives"),
    mask("new-out"),
    mask("replaces"),
    mask("borrows", "keeps", "steals", "steals-on-success", "gives"),
  ];
}

function flagsOf({ name, needsGil, withError, result: told, rest, arguments: named }: Row): number {
  const result = initialises.test(name) ? "new" : told;
  const many = rest !== undefined || named.length > inRegisters || named.includes("unknown");
  return (
    (needsGil ? flags.needsGil : 0) +
    (withError === "wrong" ? flags.wrongWithError : 0) +
    (result === "new" ? flags.gives : 0) +
    (result === "borrowed" ? flags.borrows : 0) +
    (many ? flags.variadic : 0) +
    (lends.test(name) ? flags.lends : 0) +
    (drops.test(name) ? flags.drops : 0) +
    (allocates.test(name) ? flags.memory : 0) +
    (asksType.test(name) ? flags.asksType : 0)
  );
}

function actOf({ name, failure, result }: Row): number {
  if (name === "PyErr_Clear" || name === "_PyErr_Clear") return acts.clear;
  if (asks.test(name)) return acts.ask;
  if (name === "PyGILState_Ensure") return acts.ensure;
  if (name === "PyGILState_Release") return acts.release;
  if (name === "_Py_Dealloc") return acts.dealloc;
  const raises = failure === "always" || (result === "null" && /^_?PyErr_/.test(name)) || /^PyErr_Bad/.test(name);
  return raises && !setsNothing.test(name) ? acts.set : acts.none;
}
