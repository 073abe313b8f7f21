// What grew in a recording, and what its heap graphs say of it, in; candidates for a leak, the fastest first, and notes on the rest, out.
// Next: run.ts has them named.
import { basename } from "node:path";
import type { Note } from "../../shared/diagnosis-document.ts";
import { perSecond } from "../../shared/units.ts";
import { byteSize, rate, whole } from "../report/words.ts";
import type { Candidate } from "./candidate.ts";
import { likely } from "./extensions.ts";
import type { Grown } from "./grown.ts";
import { mayBeFree } from "./known-growth.ts";

export interface Seen {
  readonly grown: readonly Grown[];
  readonly seen: readonly Pick<Grown, "type" | "frames">[];
  readonly seconds: number;
  readonly loaded: readonly string[];
}

/** From the growth alone: nobody looked who holds it. */
export function grownCandidates({ grown, seen, seconds, loaded }: Seen): readonly Candidate[] {
  const steady = grown.filter(({ form }) => form === "steady");
  return folded(steady)
    .toSorted((a, b) => weight(b) - weight(a))
    .map(
      (of): Candidate => ({
        kind: of.type === null ? "native-memory" : "growth",
        type: of.type,
        domain: of.domain,
        perSecond: of.count.perSecond,
        bytesPerSecond: of.size.perSecond,
        grown: of.live,
        allocationSite: of.frames,
        keeper: undefined,
        importing: importing(of.frames),
        heldBy: [],
        confidence: sureOf(of, seconds),
        evidence: [growthSentence(of, seconds)],
        notObserved: [],
        objects: [],
        heapType: undefined,
        sample: sampleOf(of),
        partOf: undefined,
        modules: likely(of, seen, loaded),
      }),
    );
}

/** The Python line that makes them, or, where no Python code stands there, the type. */
function sampleOf({ type, frames }: Grown): string | undefined {
  if (type === null) return undefined;
  const [frame] = frames;
  return frame?.line ? `${type}@${frame.file}:${frame.line}` : `type:${type}`;
}

/** Objects before memory: what memory belongs to is mostly told by the object beside it. */
const weight = ({ count, size, type }: Grown): number =>
  (type === null ? 0.5 : 1) * (size.perSecond + 16 * count.perSecond);

/** A table of a list or dict stands where its object stands, and grows with it: it is told there. */
function folded(steady: readonly Grown[]): readonly Grown[] {
  const objects = steady.filter(({ type }) => type !== null);
  const homeOf = (of: Grown) =>
    of.type === null && of.domain !== "native"
      ? objects.find((object) => samePlace(object, of) && of.count.perSecond <= object.count.perSecond * 1.1)
      : undefined;
  const homes = new Map(steady.map((of) => [of, homeOf(of)]));
  return steady
    .filter((of) => homes.get(of) === undefined)
    .map((of) => {
      const tables = steady.filter((other) => homes.get(other) === of);
      const more = tables.reduce((sum, { size }) => sum + size.perSecond, 0);
      const bytes = tables.reduce((sum, { liveBytes }) => sum + liveBytes, 0);
      const size = { ...of.size, perSecond: perSecond(of.size.perSecond + more) };
      return { ...of, size, liveBytes: of.liveBytes + bytes };
    });
}

const samePlace = (a: Grown, b: Grown): boolean => JSON.stringify(a.frames[0]) === JSON.stringify(b.frames[0]);

/** Modules are made once: whatever stands in the machinery of imports ends with the import. */
const importing = (frames: Grown["frames"]): boolean =>
  frames.some(({ file }) => file.startsWith("<frozen importlib") || file.endsWith("importlib/__init__.py"));

/** More objects over a longer time are surer. */
function sureOf({ live, count }: Grown, seconds: number): number {
  const many = Math.min(1, live / 50);
  const long = Math.min(1, seconds / 10);
  return round(0.4 + 0.2 * many + 0.1 * long + 0.1 * (count.steadiness ?? 0) * Math.min(1, count.evenness * 1.2));
}
const round = (value: number): number => Math.round(value * 100) / 100;

export function growthSentence(
  { type, domain, live, liveBytes, allocated, count, size, frames }: Grown,
  seconds: number,
): string {
  const what = type === null ? `blocks of ${domain} memory` : type;
  const grew = Math.round((count.steadiness ?? 0) * count.intervals);
  const place = frames[0]
    ? `, allocated in ${frames[0].function} (${basename(frames[0].file)}${frames[0].line === null ? "" : `:${frames[0].line}`})`
    : "";
  return `${rate(count.perSecond)} ${what} a second stay (${byteSize(size.perSecond)} a second)${place}: ${whole(live)} of ${whole(allocated)} made in ${rate(seconds)} s are alive, ${byteSize(liveBytes)}; the number grew in ${grew} of ${count.intervals} intervals.`;
}

/** What grew, or came and went, and is no leak. */
export function growthNotes({ grown }: Pick<Seen, "grown">): readonly Note[] {
  return grown.flatMap((of): readonly Note[] => {
    const what = `${of.type ?? `${of.domain} memory`} of ${of.frames[0]?.function ?? "an unknown place"}`;
    if (of.form === "sawtooth")
      return [{ kind: "sawtooth", sentence: `${what} grows and is let go again (${whole(of.live)} live at the end).` }];
    if (of.form === "plateau")
      return [{ kind: plateauOf(of), sentence: `${what} grew to ${whole(of.live)}, then stopped.` }];
    return [];
  });
}

const plateauOf = (of: Grown): Note["kind"] => (mayBeFree({ ...of, grown: of.live }) ? "free-list" : "warm-up");
