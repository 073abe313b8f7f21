// The words of an address in, what of two recordings is compared and how it is shown out, and back. Used by evidence-route.ts, which has what
// is common to all stacks.
import { leastThreshold } from "../../shared/comparison-calls.ts";
import {
  type ComparisonUnit,
  comparisonUnits,
  type RowVerdict,
  rowVerdicts,
} from "../../shared/comparison-document.ts";

/** How wide a frame of two recordings is: as in B, as in A, or as far as they differ. */
export const widths = ["b", "a", "delta"] as const;
export type Width = (typeof widths)[number];

/** Names of marks of each recording. */
export interface MarksOfTwo {
  readonly a: string | undefined;
  readonly b: string | undefined;
}

export interface Compared {
  readonly a: string | undefined;
  readonly b: string | undefined;
  /** Up to these; without them the whole recordings. */
  readonly marks: MarksOfTwo;
  /** From these on, how fast it grew; without them what is live at `marks`. */
  readonly since: MarksOfTwo;
  readonly per: ComparisonUnit;
  /** Hundredths of the larger; what differs by less is the same. */
  readonly threshold: number;
  /** Only rows of this verdict. */
  readonly only: RowVerdict | undefined;
  /** Without the standard library and installed packages. */
  readonly mine: boolean;
  readonly filter: string;
  readonly table: "rows" | "flame";
  readonly width: Width;
}

export const freshCompared = (a?: string, b?: string): Compared => ({
  ...{ a, b, marks: noMarks, since: noMarks, per: "second", threshold: leastThreshold },
  ...{ only: undefined, mine: false, filter: "", table: "rows", width: "b" },
});
export const noMarks: MarksOfTwo = { a: undefined, b: undefined };

export function comparedFrom(given: URLSearchParams): Compared {
  const word = (name: string) => given.get(name) ?? undefined;
  const threshold = Number(given.get("threshold") ?? leastThreshold);
  return {
    ...{ a: word("a"), b: word("b") },
    marks: { a: word("mark-a"), b: word("mark-b") },
    since: { a: word("since-a"), b: word("since-b") },
    per: comparisonUnits.find((unit) => unit === given.get("per")) ?? "second",
    threshold: isThreshold(threshold) ? threshold : leastThreshold,
    only: rowVerdicts.find((verdict) => verdict === given.get("only")),
    mine: given.get("mine") === "1",
    filter: given.get("filter") ?? "",
    table: given.get("table") === "flame" ? "flame" : "rows",
    width: widths.find((width) => width === given.get("width")) ?? "b",
  };
}

export const isThreshold = (value: number): boolean =>
  Number.isInteger(value) && value >= leastThreshold && value <= 100;

export const comparedWords = (route: Compared): Readonly<Record<string, string | number | undefined>> => ({
  ...{ a: route.a, b: route.b },
  ...{ "mark-a": route.marks.a, "mark-b": route.marks.b, "since-a": route.since.a, "since-b": route.since.b },
  per: route.per === "second" ? undefined : route.per,
  threshold: route.threshold === leastThreshold ? undefined : route.threshold,
  only: route.only,
  mine: route.mine ? 1 : undefined,
  filter: route.filter,
  table: route.table === "rows" ? undefined : route.table,
  width: route.width === "b" ? undefined : route.width,
});
