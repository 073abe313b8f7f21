// The words of an address in, what is shown of two compared recordings or of a recording's stacks out, and back. Used by routes.ts.
import { type FlameMeasure, flameMeasures } from "../../shared/flame.ts";
import { type Compared, comparedFrom, comparedWords, freshCompared } from "./compared-route.ts";

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
  /** A call of a function within itself counts for the first. */
  readonly flat: boolean;
  readonly find: string;
  /** What fills the width, by its name (logic/flame/node-name.ts). */
  readonly zoom: string | undefined;
  /** Its callers above it, what it calls below. */
  readonly of: OneFunction | undefined;
}
export interface FlameRoute extends FlameView {
  readonly screen: "flame";
  readonly path: string | undefined;
}

export interface CompareRoute extends FlameView, Compared {
  readonly screen: "compare";
}

const view = (measure: FlameMeasure): FlameView => ({
  ...{ measure, inverted: false, own: false, flat: false, find: "", zoom: undefined, of: undefined },
});
export const flame = (path?: string, of?: OneFunction): FlameRoute => ({
  ...{ screen: "flame", path, ...view("bytes"), of },
});
export const compare = (a?: string, b?: string): CompareRoute => ({
  ...{ screen: "compare", ...freshCompared(a, b) },
  ...view("growth"),
});

type Words = Readonly<Record<string, string | number | undefined>>;

export const flameFrom = (given: URLSearchParams): FlameRoute => ({
  ...{ screen: "flame", path: given.get("path") ?? undefined },
  ...viewFrom(given, "bytes"),
});

export const flameWords = (route: FlameRoute): Words => ({ path: route.path, ...viewWords(route, "bytes") });

export const compareFrom = (given: URLSearchParams): CompareRoute => ({
  ...{ screen: "compare", ...comparedFrom(given) },
  ...viewFrom(given, "growth"),
});

export const compareWords = (route: CompareRoute): Words => ({
  ...comparedWords(route),
  ...viewWords(route, "growth"),
});

function viewFrom(given: URLSearchParams, usual: FlameMeasure): FlameView {
  const [name, file] = [given.get("function"), given.get("file")];
  return {
    measure: flameMeasures.find((measure) => measure === given.get("measure")) ?? usual,
    inverted: given.get("inverted") === "1",
    own: given.get("own") === "1",
    flat: given.get("flat") === "1",
    find: given.get("find") ?? "",
    zoom: given.get("zoom") ?? undefined,
    of: name === null ? undefined : { function: name, file: file ?? "" },
  };
}

const viewWords = ({ measure, inverted, own, flat, find, zoom, of }: FlameView, usual: FlameMeasure): Words => ({
  measure: measure === usual ? undefined : measure,
  inverted: yes(inverted),
  own: yes(own),
  flat: yes(flat),
  ...{ find, zoom },
  function: of?.function,
  file: of?.file,
});

const yes = (is: boolean): number | undefined => (is ? 1 : undefined);
