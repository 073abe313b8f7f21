// What only heap graphs show in; candidates out: references on one object, and objects that came without an allocation that was seen. Used by signs.ts.
import type { UnexplainedGrowth } from "../analysis/heap/unexplained-growth.ts";
import { byteSize, rate, whole } from "../report/words.ts";
import type { Candidate } from "./candidate.ts";
import type { Described } from "./described.ts";

const unnamedType = "";

interface Beside {
  /** Types that were told of already. */
  readonly grew: ReadonlySet<string>;
  readonly described: ReadonlyMap<number, Described>;
}

/** Each object that is lost may hold one. */
const explains = (lost: readonly Candidate[], perSecond: number): boolean =>
  lost.length > 0 && lost.reduce((sum, of) => sum + of.perSecond, 0) * 1.05 >= perSecond;

/** What no count of objects shows: references on one object, and objects that came without an allocation that was seen. */
export function unexplainedCandidates(
  { objects, types }: UnexplainedGrowth,
  known: readonly Candidate[],
  { grew, described }: Beside,
): readonly Candidate[] {
  const none = {
    domain: undefined,
    keeper: undefined,
    importing: false,
    bytesPerSecond: 0,
    allocationSite: [],
    heldBy: [],
    notObserved: [],
    partOf: undefined,
    modules: [],
  };
  const lost = known.filter(({ kind }) => kind === "unreachable" || kind === "uncollectable-cycle");
  const references = objects.map(({ address, type, steps, perSecond }): Candidate => {
    // What is lost holds references, too, and where it is not in the graph they look like nobody's.
    const owner = explains(lost, perSecond) ? lost[0] : undefined;
    const total = (steps.at(-1) ?? 0) - (steps[0] ?? 0);
    const { isType = false, typeName: itself, heldBy = [] } = described.get(address) ?? {};
    const named = itself === undefined ? type : `type ${itself}`;
    return {
      ...none,
      kind: "unexplained-references",
      type,
      perSecond,
      grown: total,
      confidence: Math.min(0.9, 0.6 + total / 200),
      evidence: [
        `The ${named} at 0x${address.toString(16)} has references that no object of the program holds: ${steps.map(whole).join(", ")} in ${steps.length} heap graphs, ${rate(perSecond)} more a second.`,
      ],
      objects: [`0x${address.toString(16)}`],
      heapType: itself ?? (isType ? unnamedType : undefined),
      heldBy,
      sample: undefined,
      partOf: owner && known.indexOf(owner),
    };
  });
  const unreached = types
    .filter(({ type, kind }) => kind === "held" && !grew.has(type))
    .map(
      ({ type, steps, perSecond, bytesPerSecond }): Candidate => ({
        ...none,
        kind: "unreachable",
        type,
        perSecond,
        bytesPerSecond,
        grown: (steps.at(-1) ?? 0) - (steps[0] ?? 0),
        confidence: 0.75,
        evidence: [
          `No root reaches ${steps.map(whole).join(", ")} ${type} in ${steps.length} heap graphs, ${rate(perSecond)} more a second (${byteSize(bytesPerSecond)}).`,
        ],
        objects: [],
        heapType: undefined,
        sample: `type:${type}`,
      }),
    );
  return [...references, ...unreached];
}
