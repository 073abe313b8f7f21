// Why an object is alive in; the answer as a sentence, and a way to it in as many steps as can be read, out. Next: views/why.
import type { HeapStep, WhyDocument } from "../../shared/heap-views.ts";
import { code, type Sentence, words } from "./finding.ts";
import { bytes, counted } from "./format.ts";

export type ChainPart =
  | { readonly kind: "step"; readonly step: HeapStep; readonly at: number }
  | { readonly kind: "left-out"; readonly count: number };

/** Of a way of a thousand links, as a linked list has them, the ends tell enough. */
const shownEnds = 8;

export function shortened(steps: readonly HeapStep[]): readonly ChainPart[] {
  const parts = steps.map((step, at): ChainPart => ({ kind: "step", step, at }));
  if (parts.length <= 2 * shownEnds + 1) return parts;
  return [
    ...parts.slice(0, shownEnds),
    { kind: "left-out", count: parts.length - 2 * shownEnds },
    ...parts.slice(-shownEnds),
  ];
}

export function whyHeadline({ object, paths, references, cycle }: WhyDocument): Sentence {
  const it = [words("This "), code(object.type)];
  const [first] = paths[0] ?? [];
  switch (object.state) {
    case "lost":
      return [...it, words(cycle ? " is lost: it keeps only itself alive" : " is lost: nothing reaches it")];
    case "held": {
      const left = references.unexplained ?? 0;
      return left > 0
        ? [...it, words(` is kept by ${counted(left, "reference", "references")} that no object holds`)]
        : [...it, words(" is kept by something that no root reaches")];
    }
    case "perhaps":
      return [...it, words(" is reached only through memory that C manages")];
    case "reached":
      return first ? [...it, words(" is held by "), code(first.edge)] : [...it, words(" is held by the program")];
    default:
      return object.state satisfies never;
  }
}

export function whyGround({ object, holdersOf }: WhyDocument): string {
  const count = object.count === null ? "immortal, not counted" : counted(object.count, "reference", "references");
  const freed = `${bytes(object.retained)} would be freed with it`;
  return `${bytes(object.size)}, ${count}, ${counted(holdersOf, "holder", "holders")}; ${freed}.`;
}

/** How many references lead to each object of the ways that are known: 1 is held by a root itself. */
export function distancesIn({ paths }: Pick<WhyDocument, "paths">): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const steps of paths)
    for (const [at, { address }] of steps.entries())
      found.set(address, Math.min(at + 1, found.get(address) ?? Number.POSITIVE_INFINITY));
  return found;
}

export function distanceWords(document: Pick<WhyDocument, "paths" | "object">): string {
  const distance = distancesIn(document).get(document.object.address);
  if (distance === undefined) return "No way from a root leads to it.";
  return `${counted(distance, "reference leads", "references lead")} to it from a root, on the shortest way. The distance of a holder is known where a way that was looked for leads through it.`;
}

/** What was typed into the search: an address as it is, anything else the name of a type. */
export function objectAsked(text: string): string {
  const word = text.trim();
  if (word === "" || word.startsWith("type:")) return word;
  return /^0x[0-9a-f]{1,16}$/i.test(word) ? word.toLowerCase() : `type:${word}`;
}
