// Candidates from the growth and what heap graphs say in; each with the kind of leak that it is, those that are none taken out with a note, out.
// Next: signs.ts.
import type { Note } from "../../shared/diagnosis-document.ts";
import { whole } from "../report/words.ts";
import type { Candidate } from "./candidate.ts";
import { boundedCaches, cacheNote, fixedNote, freeNote, importNote, mayBeFree, uncollected } from "./known-growth.ts";
import type { Standing } from "./standing.ts";

export interface Judged {
  readonly candidates: readonly Candidate[];
  readonly notes: readonly Note[];
}

/** Objects of which fewer than this part are in the graph cannot be judged by it. */
const enough = 0.2;
const most = 0.5;
/** The cache of attribute names has 4096 places. */
const fixedRoom = 5000;
const lruCache = "functools._lru_cache_wrapper";

/** `turned`: of each candidate, whether it only takes the place of older ones. */
export function judged(
  candidates: readonly Candidate[],
  standings: readonly Standing[],
  turned: readonly boolean[] = [],
): Judged {
  const alone = candidates.map((candidate, at): Row => {
    const ofImports = standings[at]?.alsoHeldBy.some((group) => candidates[group]?.importing) ?? false;
    if (candidate.importing || ofImports) return { candidate, note: importNote(candidate) };
    return turned[at] ? turnedOver(candidate) : judge(candidate, standings[at], candidates);
  });
  const rows = alone.map((row) => memoryOf(row, alone));
  const kept = [...rows.keys()].filter((at) => rows[at]?.note === undefined);
  const place = new Map(kept.map((row, at) => [row, at]));
  return {
    candidates: kept.flatMap((row) => {
      const candidate = rows[row]?.candidate;
      const holder = keeperAt(candidate, candidates) ?? headOf(row, standings);
      const partOf = holder === undefined || holder === row ? undefined : place.get(holder);
      return candidate ? [{ ...candidate, partOf }] : [];
    }),
    notes: rows.flatMap(({ note }) => note ?? []),
  };
}

/** In a cycle: what hides from the collector what it holds. */
function keeperAt(candidate: Candidate | undefined, all: readonly Candidate[]): number | undefined {
  const keeper = candidate?.keeper;
  if (!keeper) return undefined;
  const at = all.findIndex(({ type, allocationSite }) => type === keeper.type && allocationSite === keeper.frames);
  return at < 0 ? undefined : at;
}

interface Row {
  readonly candidate: Candidate;
  readonly note?: Note;
}

const turnedOver = (candidate: Candidate): Row => ({
  candidate,
  note: {
    kind: "bounded-cache",
    sentence: `${whole(candidate.grown)} new ${candidate.type ?? "blocks"} took the place of as many older ones: what is held is exchanged, and does not grow.`,
  },
});

/** Memory without a type mostly belongs to objects: when those that grow alike are no leak, it is none. */
function memoryOf(row: Row, all: readonly Row[]): Row {
  const { candidate } = row;
  if (candidate.type !== null) return row;
  const owner = all.find((other) => other.note && other.candidate.type !== null && mayOwn(other.candidate, candidate));
  return owner?.note ? { candidate, note: { ...owner.note, sentence: `Memory of ${owner.note.sentence}` } } : row;
}

const mayOwn = (object: Candidate, memory: Candidate): boolean =>
  object.perSecond >= memory.perSecond * 0.3 && object.perSecond <= memory.perSecond * 3;

/** Where the chain of holders ends; of those that hold each other in a ring, the first is the head. */
function headOf(row: number, standings: readonly Standing[]): number | undefined {
  const met = [row];
  for (;;) {
    const next = standings[met.at(-1) ?? 0]?.heldByGroup;
    if (next === undefined) return met.length > 1 ? met.at(-1) : undefined;
    if (met.includes(next)) {
      const head = Math.min(...met.slice(met.indexOf(next)));
      return head === row ? undefined : head;
    }
    met.push(next);
  }
}

function judge(
  candidate: Candidate,
  standing: Standing | undefined,
  all: readonly Candidate[],
): { readonly candidate: Candidate; readonly note?: Note } {
  if (candidate.type === null && mayBeFree(candidate)) return { candidate, note: freeNote(candidate) };
  if (!standing || candidate.type === null) return { candidate };
  if (standing.count < enough * candidate.grown) {
    if (mayBeFree(candidate)) return { candidate, note: freeNote(candidate) };
    return { candidate: looseOr(candidate, standing) };
  }
  const { count, reached, perhaps, inCycle, unseen, immortal, lost, held, heldBy, hiding } = standing;
  const of = `${whole(count)} ${candidate.type}`;
  if (immortal >= most * count)
    return {
      candidate,
      note: { kind: "interning", sentence: `${of} are interned for good: there is one of each text.` },
    };
  if (reached >= most * count && isBounded(heldBy)) return { candidate, note: cacheNote(candidate) };
  const sure = (kind: Candidate["kind"], confidence: number, evidence: string) => ({
    candidate: { ...candidate, kind, heldBy, confidence, evidence: [...candidate.evidence, evidence] },
  });
  if (reached >= most * count)
    return sure(
      "held",
      Math.min(0.85, candidate.confidence + 0.05),
      `The heap graph reaches ${whole(reached)} of ${of} from the program's roots.`,
    );
  if (reached + perhaps >= most * count) {
    if (count <= fixedRoom && isInFixedMemory(heldBy)) return { candidate, note: fixedNote(candidate) };
    const words = `No root reaches ${whole(count - reached)} of ${of}; to ${whole(perhaps)} words lead that look like references, in memory of C.`;
    return { candidate: { ...candidate, heldBy, evidence: [...candidate.evidence, words] } };
  }
  if (unseen >= most * count) {
    const why = `No root reaches ${whole(count - reached)} of ${of}: cycles keep them in which ${hiding[0] ?? "an object"} does not tell the collector what it holds, so it can free none.`;
    const found = sure("uncollectable-cycle", 0.9, why);
    return { candidate: { ...found.candidate, keeper: keeperOf(hiding, all) } };
  }
  if (lost >= most * count) {
    if (candidate.grown < uncollected || count - lost > Math.max(20, 0.02 * count))
      // Young ones that are lost are freed soon; those that were held for a while wait for a collection of all.
      return {
        candidate,
        note: { kind: "garbage", sentence: `${of} in cycles that nothing else holds wait for the collector.` },
      };
    return sure(
      "uncollectable-cycle",
      0.7,
      `No root reaches ${whole(lost)} of ${of}: only cycles hold them. The collector could free them, and did not run while ${whole(candidate.grown)} were made.`,
    );
  }
  const cycles = inCycle >= most * count;
  return sure(
    cycles ? "uncollectable-cycle" : "unreachable",
    0.9,
    `No root reaches ${whole(count - reached)} of ${of}: ${whole(held)} are kept by references that no object holds.`,
  );
}

/** An object that another one refers to is in the graph. */
function looseOr(candidate: Candidate, { loose }: Standing): Candidate {
  if (loose < most * candidate.grown) return candidate;
  const sentence = `No object of the program refers to ${whole(loose)} of them.`;
  return { ...candidate, kind: "unreachable", confidence: 0.9, evidence: [...candidate.evidence, sentence] };
}

/** Words of the interpreter's own memory, as its cache of attribute names, or of a library's data: that has a size, and no more fit. */
const isInFixedMemory = (ways: Candidate["heldBy"]): boolean =>
  ways.some(
    ([first, ...rest]) => rest.length === 1 && (first?.type === "interpreter" || first?.type === "static data"),
  );

/** functools.lru_cache with a bound visits what it keeps by itself; without one, the dict in it does. */
const isBounded = (ways: Candidate["heldBy"]): boolean =>
  ways.some((steps) =>
    steps.some(
      ({ type }, at) =>
        boundedCaches.has(type) || (type === lruCache && steps[at + 1] !== undefined && steps[at + 1]?.type !== "dict"),
    ),
  );

/** Of types that hide what they hold, the first one whose making was recorded. */
function keeperOf(hiding: readonly string[], all: readonly Candidate[]): Candidate["keeper"] {
  const made = all.find(({ type }) => type !== null && hiding.includes(type));
  return made?.type ? { type: made.type, frames: made.allocationSite } : undefined;
}
