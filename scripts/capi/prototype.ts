// One C prototype in, what its parameters and result are to a reference count out: tokens of shared/capi/capi.ts. Next: derive.ts.

export interface Prototype {
  readonly result: string;
  readonly parameters: readonly string[];
  /** No header of the public API declares it. */
  readonly internal: boolean;
}

const qualifier = /\b(?:const|volatile|struct|enum|union|restrict|register)\b/g;
const objectName = /^(?:_object|_typeobject|_frame|_longobject|_?Py\w*Object)$/;
const narrow =
  /^(?:unsigned )?(?:int|char|short)$|^(?:unsigned|Py_UCS[124]|bool|_Bool|u?int(?:8|16|32)_t|Py_UNICODE|wchar_t)$/;
const broad =
  /^(?:(?:signed|unsigned) )?long(?: long)?(?: int)?$|^(?:s?size_t|ssize_t|Py_ssize_t|Py_u?hash_t|u?int64_t|u?intptr_t|time_t|off_t|_?PyTime_t|PyThread_\w+_t|pid_t)$/;
/** Function types by their customary names. */
const functionType = /(?:func|Function|proc|Destructor)$/;
const floating = /^(?:float|double)$/;
/** Enumerations that are returned by value. */
const enumeration =
  /^(?:PySendResult|PyLockStatus|_Py_add_pending_call_result|_Py_error_handler|PyImport_LazyImportsMode|PyUnicode_Kind)$/;

/** "const PyObject *const *" → { base: "PyObject", stars: 2 }. */
function split(type: string): { readonly base: string; readonly stars: number } {
  const plain = type.replace(qualifier, " ").replace(/\[\w*\]/g, "*");
  return { base: plain.replace(/\*/g, " ").replace(/\s+/g, " ").trim(), stars: plain.split("*").length - 1 };
}

const numeric = (base: string): boolean =>
  [narrow, broad, floating, enumeration].some((kind) => kind.test(base)) || base === "void";

/** The type of a parameter without its name: the last word, when a type stands before it. */
function typeOf(parameter: string): string {
  const named = /^(.*?[\w*]\s*[\s*])(\w+)\s*(\[\w*\])?$/.exec(parameter.trim());
  const [, type = "", name = "", array = ""] = named ?? [];
  if (named === null || !/\w/.test(type.replace(qualifier, ""))) return parameter;
  if (numeric(split(`${type} ${name}`).base)) return parameter;
  return `${type}${array}`;
}

/** Token of one parameter; `u` where the prototype alone cannot tell. */
export function token(parameter: string): string {
  if (parameter.includes("...")) return "v*";
  if (/\bva_list\b/.test(parameter)) return "v*";
  if (/_PyStackRef/.test(parameter)) return "u";
  if (parameter.includes("(")) return "v";
  const { base, stars } = split(typeOf(parameter));
  if (!objectName.test(base) || stars === 0) return "v";
  if (stars === 1) return "b";
  return /\*\s*const\s*\*|\*\s*const\s+\w+\[\]|\*\s*const\s*\w*\[/.test(parameter) ? "a" : "u";
}

/** How a value travels: two prototypes whose widths are alike are one ABI. */
function width(type: string): string {
  if (type.includes("...") || /\bva_list\b/.test(type)) return "~";
  const { base, stars } = split(type);
  if (type.includes("(") || functionType.test(base)) return "p";
  if (stars > 0) return objectName.test(base) ? "o" : "p";
  if (narrow.test(base) || enumeration.test(base)) return "i";
  if (broad.test(base)) return "l";
  if (floating.test(base)) return "d";
  return base === "void" ? "" : "x";
}

export function signature({ result, parameters }: Prototype): string {
  return `${width(result)}(${parameters.map((parameter) => width(typeOf(parameter))).join("")})`;
}

export type ResultKind = "object" | "none" | "int" | "other";
export function resultKind(type: string): ResultKind {
  const { base, stars } = split(type);
  if (stars === 1 && objectName.test(base)) return "object";
  if (stars > 0) return "other";
  if (base === "void") return "none";
  return narrow.test(base) || broad.test(base) || enumeration.test(base) ? "int" : "other";
}
