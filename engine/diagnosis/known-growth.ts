// What grows and is no leak, by its name: what other files tell it by, and the sentences on it. Used by heap-candidates.ts, ungraphed.ts.
import type { Note } from "../../shared/diagnosis-document.ts";
import { whole } from "../report/words.ts";
import type { Candidate } from "./candidate.ts";

/** So many containers without a collection: CPython's own threshold is 700. */
export const uncollected = 2500;
/** What bounds itself: a cache with links in the order of use. */
export const boundedCaches: ReadonlySet<string> = new Set(["functools._lru_list_elem"]);

export const importNote = ({ grown, type, allocationSite: [frame] }: Candidate): Note => ({
  kind: "import",
  sentence: `${whole(grown)} ${type ?? "blocks of memory"} of ${frame?.function ?? "?"} belong to modules that are being imported.`,
});

export const cacheNote = ({ grown, type }: Candidate): Note => ({
  kind: "bounded-cache",
  sentence: `${whole(grown)} ${type ?? "blocks"} are in a functools.lru_cache that has a bound and fills.`,
});

/** Types that CPython keeps freed objects of, to use them again, and about how many; tuples by their length. */
const freeLists: ReadonlyMap<string, number> = new Map([
  ["tuple", 2000],
  ...["list", "dict", "float", "frame", "method", "slice", "context", "async_generator"].map(
    (type) => [type, 260] as const,
  ),
]);

/** So many may have been freed and wait there: up to 3.12 their blocks look as if they were in use. */
export function mayBeFree({ type, domain, grown }: Pick<Candidate, "type" | "domain" | "grown">): boolean {
  // Key tables of small dicts are no objects.
  if (type === null) return domain === "obj" && grown <= keyTables;
  return grown <= (freeLists.get(type) ?? 0);
}
const keyTables = 100;

export const freeNote = ({ grown, type }: Candidate): Note => ({
  kind: "free-list",
  sentence: `${whole(grown)} ${type ?? "blocks"}: no more than CPython keeps freed ones to use them again.`,
});

export const fixedNote = ({ grown, type }: Candidate): Note => ({
  kind: "bounded-cache",
  sentence: `${whole(grown)} ${type ?? "blocks"} lie in memory of the interpreter or of a library that has a fixed size and fills.`,
});
