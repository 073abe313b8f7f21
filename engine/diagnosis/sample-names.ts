// A candidate and what the objects of its site have in common in; the functions whose references nobody takes back out. Used by naming.ts.
import { basename } from "node:path";
import type { SampleDocument, Unmatched } from "../../shared/sample-document.ts";
import { interpreterItself } from "../analysis/places.ts";
import type { Candidate, Named } from "./candidate.ts";

/** So many that live on say what is common to them. */
const enough = 4;

export function sampleNames(candidate: Candidate, sample: SampleDocument): readonly Named[] {
  if (candidate.sample !== sample.site || sample.counts.alive === 0) return [];
  const sure = 0.8 * Math.min(1, sample.counts.alive / enough);
  return sample.unmatched.map((row, at) => namedBy(candidate, sample, row, (sure * (row.python ? 0.7 : 1)) / (at + 1)));
}

function namedBy(candidate: Candidate, { counts }: SampleDocument, row: Unmatched, sure: number): Named {
  const { module, function: name, file, line, python, perObject } = row;
  const place = python ? `the interpreter, running ${python.function},` : `${name} of ${basename(module)}`;
  const more = Number(perObject.toFixed(2));
  const than = counts.freed > 0 ? ` more than each of the ${counts.freed} others` : "";
  return {
    blame: python
      ? {
          module,
          function: python.function,
          native: name === interpreterItself ? null : name,
          file: python.file,
          line: python.line,
        }
      : { module, function: name, native: name, file, line },
    perCall: undefined,
    sure,
    sentence: `Of ${counts.followed} ${candidate.type ?? "objects"} followed from the start, ${counts.alive} were not freed; ${place} gave each of them ${more} ${more === 1 ? "reference" : "references"}${than}, and nobody took ${more === 1 ? "it" : "them"} back.`,
  };
}
