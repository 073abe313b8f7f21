// The words of an address in, what is shown of two compared recordings or of a recording's stacks out, and back. Used by routes.ts.
import {
  type ComparisonUnit,
  comparisonUnits,
  type RowVerdict,
  rowVerdicts,
} from "../../shared/comparison-document.ts";
import { type FlameMeasure, flameMeasures } from "../../shared/flame.ts";

/** One function, by what names it in every recording. */
export interface OneFunction {
  readonly function: string;
  readonly file: string;
}

/** How stacks are shown, wherever they are. */
export interface FlameView {
  readonly measure: FlameMeasure;
  /** The innermost call first. */
  readonly inverted: boolean;
  /** Without the interpreter and its standard library. */
  readonly own: boolean;
  readonly find: string;
  /** Its callers above it, what it calls below. */
  readonly of: OneFunction | undefined;
}
export interface FlameRoute extends FlameView {
  readonly screen: "flame";
  readonly path: string | undefined;
}

/** How wide a frame of two recordings is: as in B, as in A, or as far as they differ. */
export const widths = ["b", "a", "delta"] as const;
export type Width = (typeof widths)[number];

export interface CompareRoute extends FlameView {
  readonly screen: "compare";
  readonly a: string | undefined;
  readonly b: string | undefined;
  readonly per: ComparisonUnit;
  /** Only rows of this verdict. */
  readonly only: RowVerdict | undefined;
  /** Without the standard library and installed packages. */
  readonly mine: boolean;
  readonly table: "rows" | "flame";
  readonly width: Width;
}

const view = (measure: FlameMeasure): FlameView => ({
  ...{ measure, inverted: false, own: false, find: "", of: undefined },
});
export const flame = (path?: string, of?: OneFunction): FlameRoute => ({
  ...{ screen: "flame", path, ...view("bytes"), of },
});
export const compare = (a?: string, b?: string): CompareRoute => ({
  ...{ screen: "compare", a, b, per: "second", only: undefined, mine: false, table: "rows", width: "b" },
  ...view("growth"),
});

type Words = Readonly<Record<string, string | number | undefined>>;

export const flameFrom = (given: URLSearchParams): FlameRoute => ({
  ...{ screen: "flame", path: given.get("path") ?? undefined },
  ...viewFrom(given, "bytes"),
});

export const flameWords = (route: FlameRoute): Words => ({ path: route.path, ...viewWords(route, "bytes") });

export function compareFrom(given: URLSearchParams): CompareRoute {
  return {
    screen: "compare",
    a: given.get("a") ?? undefined,
    b: given.get("b") ?? undefined,
    per: comparisonUnits.find((unit) => unit === given.get("per")) ?? "second",
    only: rowVerdicts.find((verdict) => verdict === given.get("only")),
    mine: given.get("mine") === "1",
    table: given.get("table") === "flame" ? "flame" : "rows",
    width: widths.find((width) => width === given.get("width")) ?? "b",
    ...viewFrom(given, "growth"),
  };
}

export const compareWords = (route: CompareRoute): Words => ({
  a: route.a,
  b: route.b,
  per: route.per === "second" ? undefined : route.per,
  only: route.only,
  mine: yes(route.mine),
  table: route.table === "rows" ? undefined : route.table,
  width: route.width === "b" ? undefined : route.width,
  ...viewWords(route, "growth"),
});

function viewFrom(given: URLSearchParams, usual: FlameMeasure): FlameView {
  const [name, file] = [given.get("function"), given.get("file")];
  return {
    measure: flameMeasures.find((measure) => measure === given.get("measure")) ?? usual,
    inverted: given.get("inverted") === "1",
    own: given.get("own") === "1",
    find: given.get("find") ?? "",
    of: name === null ? undefined : { function: name, file: file ?? "" },
  };
}

const viewWords = ({ measure, inverted, own, find, of }: FlameView, usual: FlameMeasure): Words => ({
  measure: measure === usual ? undefined : measure,
  inverted: yes(inverted),
  own: yes(own),
  find,
  function: of?.function,
  file: of?.file,
});

const yes = (is: boolean): number | undefined => (is ? 1 : undefined);
