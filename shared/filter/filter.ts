// A filter and the fields of a table in, which rows stay and what of the filter is not understood out. One grammar at every door:
// `type:dict module:app -thread:gc size>1k live>=100 "two words" file:x.py`. Next: fields.ts, renderer/parts/FilterBox.tsx, cli/filtered.ts.
import { type FieldKind, type NumberKind, parseAmount, unitWords } from "./amount.ts";
import { type FilterProblem, type Operator, parseTerms, type Term } from "./words.ts";

type Word = string | null | undefined;

/** A row can have several words under one name: the functions of its stack. */
export interface WordField<T> {
  readonly kind: "words";
  readonly of: (row: T) => readonly Word[];
}
export interface NumberField<T> {
  readonly kind: NumberKind;
  readonly of: (row: T) => number | null | undefined;
}
export type Field<T> = WordField<T> | NumberField<T>;
export type Fields<T> = Readonly<Record<string, Field<T>>>;
/** What a box must know of them. */
export type FieldKinds = Readonly<Record<string, { readonly kind: FieldKind }>>;

export interface Filter<T> {
  readonly problems: readonly FilterProblem[];
  /** What is not understood filters nothing. */
  readonly keeps: (row: T) => boolean;
}

type Test<T> = (row: T) => boolean;

export function filterOf<T>(text: string, fields: Fields<T>): Filter<T> {
  const { terms, problems } = parseTerms(text);
  const read = terms.map((term) => testOf(term, fields));
  const tests = read.filter((test) => typeof test === "function");
  const told = [...problems, ...read.filter((test) => typeof test !== "function")];
  return { problems: told.sort((a, b) => a.at - b.at), keeps: (row) => tests.every((test) => test(row)) };
}

/** The fields that a filter names. */
export const fieldsNamed = (text: string): readonly string[] =>
  parseTerms(text).terms.flatMap(({ field }) => (field === undefined ? [] : [field]));

/** What is not understood, in one line: `colour` is no field here; there are type, live. */
export const problemWords = (problems: readonly FilterProblem[]): string => problems.map(({ what }) => what).join("; ");

function testOf<T>(term: Term, fields: Fields<T>): Test<T> | FilterProblem {
  const problem = (what: string): FilterProblem => ({ at: term.at, length: term.length, what });
  const as = (test: Test<T>): Test<T> => (term.not ? (row) => !test(row) : test);
  if (term.field === undefined) return as(anywhere(term.text, fields));
  const field = Object.hasOwn(fields, term.field) ? fields[term.field] : undefined;
  if (!field) return problem(`\`${term.field}\` is no field here; there are ${Object.keys(fields).join(", ")}`);
  if (field.kind === "words") {
    if (term.operator === ":" || term.operator === "=") return as(inWords(term.text, term.operator, field));
    return problem(`\`${term.field}\` holds words: write ${term.field}:${term.text}`);
  }
  const amount = parseAmount(term.text, field.kind);
  if (amount === undefined) return problem(`\`${term.text}\` is not ${unitWords[field.kind]}`);
  return as(byNumber(amount, term.operator, field));
}

function anywhere<T>(text: string, fields: Fields<T>): Test<T> {
  const sought = text.toLowerCase();
  const all = Object.values(fields).filter((field) => field.kind === "words");
  return (row) => all.some((field) => field.of(row).some((word) => holds(word, sought)));
}

/** `:` is a part of it, `=` all of it; case does not matter. */
function inWords<T>(text: string, operator: ":" | "=", { of }: WordField<T>): Test<T> {
  const sought = text.toLowerCase();
  return (row) => of(row).some((word) => (operator === "=" ? word?.toLowerCase() === sought : holds(word, sought)));
}

const holds = (word: Word, sought: string): boolean => word?.toLowerCase().includes(sought) ?? false;

/** Unknown is neither more nor less. */
function byNumber<T>(amount: number, operator: Operator, { of }: NumberField<T>): Test<T> {
  const compare = comparisons[operator];
  return (row) => {
    const value = of(row);
    return value !== null && value !== undefined && compare(value, amount);
  };
}

const comparisons: { readonly [O in Operator]: (value: number, amount: number) => boolean } = {
  ":": (value, amount) => value === amount,
  "=": (value, amount) => value === amount,
  ">": (value, amount) => value > amount,
  ">=": (value, amount) => value >= amount,
  "<": (value, amount) => value < amount,
  "<=": (value, amount) => value <= amount,
};
