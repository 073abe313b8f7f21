// Candidates from the growth in, where no heap graph was taken; how sure they are without one, out. Used by signs.ts.
import type { Note } from "../../shared/diagnosis-document.ts";
import type { Frame } from "../../shared/documents.ts";
import type { Candidate } from "./candidate.ts";
import type { Judged } from "./heap-candidates.ts";
import { boundedCaches, cacheNote, freeNote, importNote, mayBeFree, uncollected } from "./known-growth.ts";

export const noGraph = "No heap graph: who holds what grows, and whether older objects go meanwhile, was not seen.";

/** Without a graph, garbage that waits for the collector looks like a leak: then only more than it lets wait counts. */
export function ungraphed(all: readonly Candidate[]): Judged {
  const links = all.filter(({ type }) => type !== null && boundedCaches.has(type));
  const inCache = ({ allocationSite }: Candidate) =>
    links.some(({ allocationSite: [frame] }) => frame && allocationSite.some((row) => sameFunction(row, frame)));
  const noteOf = (candidate: Candidate): Note | undefined => {
    if (candidate.importing) return importNote(candidate);
    if (inCache(candidate)) return cacheNote(candidate);
    return mayBeFree(candidate) ? freeNote(candidate) : undefined;
  };
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
