// A reader in; what the objects of a sample have in common out: whose changes add up to what, over those that are alive and those that were
// freed. Next: queries.ts.
import type { History } from "../../shared/documents.ts";
import type { SampleDocument, SampleSum } from "../../shared/sample-document.ts";
import type { HistoryReader, WatchedObject } from "../store/history-reader.ts";
import { historyOf, namedPlaces, type Read } from "./history.ts";
import type { PlaceNames } from "./places.ts";
import { unmatchedOf } from "./unmatched.ts";

/** Undefined when the recording followed no sample. */
export function sampleReport(reader: Read & SampleFacts, limit: number): SampleDocument | undefined {
  const { history, facts } = reader;
  if (!history || !facts.sample) return undefined;
  const places = namedPlaces(reader, history);
  const { objects } = history;
  const alive = objects.filter(isAlive);
  const typical = alive[0] ?? objects[0];
  const told = typical && historyOf(reader, history, typical, places, limit);
  const sums = sumsOf(history, places);
  const { made, missed } = reader.sampled();
  const counts = { made, missed, followed: objects.length, alive: alive.length, freed: objects.length - alive.length };
  return {
    ...(told ?? nothing),
    schema: "refscope.sample/1",
    site: facts.sample.site,
    counts,
    objects: objects.map((object) => summaryOf(reader, object)),
    sums,
    unmatched: unmatchedOf(sums, counts),
  };
}

interface SampleFacts {
  readonly facts: { readonly sample: { readonly site: string } | undefined };
  sampled(): { readonly made: number; readonly missed: number };
}

const nothing: Omit<History, "schema" | "object"> & { readonly object: null } = {
  object: null,
  complete: false,
  dropped: 0,
  events: [],
  net: [],
  freed: false,
};

const isAlive = ({ state }: WatchedObject): boolean => state !== "freed" && state !== "reused";

const summaryOf = ({ file }: Read, { address, type, state, dropped, stored, last }: WatchedObject) => ({
  address: `0x${address.toString(16)}`,
  type,
  freed: state === "freed" || state === "reused",
  complete: dropped === 0 && file.status === "closed" && (state === "freed" || state === "left"),
  dropped,
  changes: stored,
  refcount: last,
});

type Sum = { -readonly [K in keyof SampleSum]: SampleSum[K] };

function sumsOf(history: HistoryReader, places: PlaceNames): SampleSum[] {
  const alive = new Map(history.objects.map((object) => [object.id, isAlive(object)]));
  const sums = new Map<string, Sum>();
  const ofPlace = new Map<number, Sum>();
  const seen = new Map<Sum, Set<number>>();
  for (const changes of history.chunks())
    for (let row = 0; row < changes.length; row++) {
      const [place, id, delta] = [changes.place[row] ?? 0, changes.object[row] ?? 0, changes.delta[row] ?? 0];
      const sum = ofPlace.get(place) ?? sumAt(sums, places, place);
      ofPlace.set(place, sum);
      sum.delta += delta;
      sum[alive.get(id) ? "alive" : "freed"] += delta;
      seen.set(sum, (seen.get(sum) ?? new Set()).add(id));
    }
  for (const [sum, ids] of seen) sum.objects = ids.size;
  return [...sums.values()].sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
}

function sumAt(sums: Map<string, Sum>, places: PlaceNames, place: number): Sum {
  const owner = places.owner(place);
  const { python } = places.frames(place);
  const by = { ...owner, python: places.isInterpreter(owner) ? python : null };
  const key = JSON.stringify(by);
  const sum = sums.get(key) ?? { ...by, delta: 0, alive: 0, freed: 0, objects: 0 };
  sums.set(key, sum);
  return sum;
}
