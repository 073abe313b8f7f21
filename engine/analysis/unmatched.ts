// Sums of a sample in, whose increments nobody takes back out: on objects that are alive more than on those that were freed. Used by sample.ts.
import type { SampleSum, Unmatched } from "../../shared/sample-document.ts";

interface Counts {
  readonly alive: number;
  readonly freed: number;
}
type Scored = SampleSum & { readonly more: number };

/** Of a reference an object; less is chance. */
const least = 0.5;

/**
 * What a function takes and gives at different lines is one sum. Functions of extensions stand first: the interpreter takes and gives for
 * everybody. Where no object was freed to compare with, it is not named unless it holds more than it gave back in all.
 */
export function unmatchedOf(sums: readonly SampleSum[], { alive, freed }: Counts): Unmatched[] {
  if (alive === 0) return [];
  const scored = sums.map((sum): Scored => ({ ...sum, more: sum.alive / alive - (freed > 0 ? sum.freed / freed : 0) }));
  const own = scored.filter(({ python }) => python === null);
  const ofInterpreter = scored.filter(({ python }) => python !== null);
  const keeps = freed > 0 || total(ofInterpreter) >= least;
  return [...ranked(own), ...(keeps ? ranked(ofInterpreter) : [])];
}

function ranked(sums: readonly Scored[]): readonly Unmatched[] {
  return [...Map.groupBy(sums, functionOf).values()]
    .map((rows) => ({ rows, more: total(rows) }))
    .filter(({ rows, more }) => more >= least && rows.some((row) => row.alive > 0))
    .sort((a, b) => b.more - a.more)
    .flatMap(({ rows, more }) => {
      const [most] = rows.toSorted((a, b) => b.more - a.more);
      if (!most) return [];
      const { module, function: name, file, line, python } = most;
      return [{ module, function: name, file, line, python, perObject: Math.round(more * 100) / 100 }];
    });
}

const functionOf = ({ module, function: name, python }: SampleSum): string =>
  JSON.stringify([module, name, python && [python.function, python.file]]);
const total = (rows: readonly Scored[]): number => rows.reduce((sum, { more }) => sum + more, 0);
