// Candidates from the growth and what heap graphs say in; each with the kind of leak that it is, those that are none taken out with a note, and
// what only the graphs show added, out. Next: signs.ts.
import type { Note } from "../../shared/diagnosis-document.ts";
import type { Frame } from "../../shared/documents.ts";
import type { UnexplainedGrowth } from "../analysis/heap/unexplained-growth.ts";
import { byteSize, rate, whole } from "../report/words.ts";
import type { Candidate } from "./candidate.ts";
import type { Standing } from "./standing.ts";

export interface Judged {
  readonly candidates: readonly Candidate[];
  readonly notes: readonly Note[];
}

/** Objects of which fewer than this part are in the graph cannot be judged by it. */
const enough = 0.2;
const most = 0.5;
/** So many containers without a collection: CPython's own threshold is 700. */
const uncollected = 2500;
/** What bounds itself: a cache with links in the order of use. */
const lruCache = "functools._lru_cache_wrapper";
const boundedCaches: ReadonlySet<string> = new Set(["functools._lru_list_elem"]);

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
      const holder = headOf(row, standings);
      return candidate ? [{ ...candidate, partOf: holder === undefined ? undefined : place.get(holder) }] : [];
    }),
    notes: rows.flatMap(({ note }) => note ?? []),
  };
}

interface Row {
  readonly candidate: Candidate;
  readonly note?: Note;
}

const importNote = ({ grown, type, allocationSite: [frame] }: Candidate): Note => ({
  kind: "import",
  sentence: `${whole(grown)} ${type ?? "blocks of memory"} of ${frame?.function ?? "?"} belong to modules that are being imported.`,
});

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
  if (!standing || candidate.type === null) return { candidate };
  if (standing.count < enough * candidate.grown) return { candidate: looseOr(candidate, standing) };
  const { count, reached, perhaps, inCycle, unseen, immortal, lost, held, heldBy, hiding } = standing;
  const of = `${whole(count)} ${candidate.type}`;
  if (immortal >= most * count)
    return {
      candidate,
      note: { kind: "interning", sentence: `${of} are interned for good: there is one of each text.` },
    };
  if (reached >= most * count && isBounded(heldBy))
    return {
      candidate,
      note: { kind: "bounded-cache", sentence: `${of} are in a functools.lru_cache that has a bound and fills.` },
    };
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
    const words = `No root reaches ${whole(count - reached)} of ${of}; to ${whole(perhaps)} words lead that look like references, in memory of C.`;
    return { candidate: { ...candidate, heldBy, evidence: [...candidate.evidence, words] } };
  }
  if (unseen >= most * count) {
    const why = `No root reaches ${whole(count - reached)} of ${of}: cycles keep them in which ${hiding[0] ?? "an object"} does not tell the collector what it holds, so it can free none.`;
    const found = sure("uncollectable-cycle", 0.9, why);
    return { candidate: { ...found.candidate, keeper: keeperOf(hiding, all) } };
  }
  if (lost >= most * count) {
    if (candidate.grown < uncollected)
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

export const noGraph = "No heap graph: who holds what grows, and whether older objects go meanwhile, was not seen.";

/** Without a graph, garbage that waits for the collector looks like a leak: then only more than it lets wait counts. */
export function ungraphed(all: readonly Candidate[]): Judged {
  const links = all.filter(({ type }) => type !== null && boundedCaches.has(type));
  const inCache = ({ allocationSite }: Candidate) =>
    links.some(({ allocationSite: [frame] }) => frame && allocationSite.some((row) => sameFunction(row, frame)));
  const noteOf = (candidate: Candidate): Note | undefined =>
    candidate.importing ? importNote(candidate) : inCache(candidate) ? cacheNote(candidate) : undefined;
  const candidates = all.filter((candidate) => noteOf(candidate) === undefined);
  const objects = candidates.reduce((sum, { type, grown }) => sum + (type === null ? 0 : grown), 0);
  const unsure = objects > 0 && objects < uncollected;
  return {
    candidates: candidates.map((candidate) => ({
      ...candidate,
      confidence: unsure ? Math.min(candidate.confidence, 0.45) : candidate.confidence,
      notObserved: [...candidate.notObserved, noGraph],
    })),
    notes: all.flatMap((candidate) => noteOf(candidate) ?? []),
  };
}

const sameFunction = (one: Frame, other: Frame): boolean => one.function === other.function && one.file === other.file;
const cacheNote = ({ grown, type }: Candidate): Note => ({
  kind: "bounded-cache",
  sentence: `${whole(grown)} ${type ?? "blocks"} are in a functools.lru_cache that has a bound and fills.`,
});

interface Beside {
  /** Types that were told of already. */
  readonly grew: ReadonlySet<string>;
  readonly typeAt: (address: number) => string | undefined;
}

/** What no count of objects shows: references on one object, and objects that came without an allocation that was seen. */
export function unexplainedCandidates(
  { objects, types }: UnexplainedGrowth,
  known: readonly Candidate[],
  { grew, typeAt }: Beside,
): readonly Candidate[] {
  const none = {
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
    const owner = lost.find((of) => Math.abs(of.perSecond - perSecond) <= 0.03 * perSecond);
    const total = (steps.at(-1) ?? 0) - (steps[0] ?? 0);
    const itself = typeAt(address);
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
      heapType: itself,
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
