// What the objects of a sample have in common in, the sentence over it and its ground out. Next: views/object/Sample.tsx.
import type { SampleDocument, Unmatched } from "../../shared/sample-document.ts";
import { code, type Sentence, words } from "./finding.ts";
import { count, counted, rough } from "./format.ts";

type Told = Pick<SampleDocument, "site" | "counts" | "unmatched">;

export function sampleHeadline({ site, counts, unmatched: [worst] }: Told, live: boolean): Sentence {
  if (counts.made === 0) return [words(`No object was made at `), code(site), words(live ? " yet" : "")];
  if (counts.followed === 0) return [words("No object of "), code(site), words(" could be followed")];
  if (worst)
    return [code(nameOf(worst)), words(` keeps ${kept(worst)} each object of `), code(site), words(" that is alive")];
  if (counts.alive === 0) return [words("Every object of "), code(site), words(" that was followed was freed")];
  return [words("Nobody keeps more of the objects of "), code(site), words(" than of those that were freed")];
}

const nameOf = ({ function: name, python }: Unmatched): string => python?.function ?? name;

function kept({ perObject }: Unmatched): string {
  return perObject > 0.75 && perObject < 1.5 ? "a reference to" : `${rough(perObject)} references to`;
}

export function sampleGround({ made, missed, followed, alive, freed }: SampleDocument["counts"]): string {
  const lost = missed > 0 ? ` ${counted(missed, "object", "objects")} could not be followed.` : "";
  return `${count(followed)} of ${counted(made, "object", "objects")} followed from their first reference on: ${count(alive)} alive, ${count(freed)} freed.${lost}`;
}
