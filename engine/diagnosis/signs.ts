// A recording and its heap graphs in; everything in it that points to a leak, and what looks like one and is none, out. Next: run.ts has it named,
// verdict.ts tells it.
import type { HeapGraph } from "../analysis/heap/heap-graph.ts";
import { type Residue, residueOf } from "../analysis/heap/residue.ts";
import { unexplainedGrowth } from "../analysis/heap/unexplained-growth.ts";
import type { RecordingReader } from "../store/reader.ts";
import type { Candidate, Signs } from "./candidate.ts";
import { grownCandidates, growthNotes } from "./candidates.ts";
import { describedIn } from "./described.ts";
import { likely } from "./extensions.ts";
import { type Grown, grownIn, seenIn } from "./grown.ts";
import { judged } from "./heap-candidates.ts";
import { type Group, standingsIn } from "./standing.ts";
import { replaced, type Tally, tallyOf } from "./turnover.ts";
import { unexplainedCandidates } from "./unexplained-candidates.ts";
import { noGraph, ungraphed } from "./ungraphed.ts";

const mostNotes = 12;
const mostCandidates = 40;
const mostObjects = 16;

/** `loaded`: paths of the extension modules of the process; of a recording alone, those that it names. Graphs are asked for one after another. */
export function signsOf(reader: RecordingReader, loaded: readonly string[], graphs: Iterable<HeapGraph>): Signs {
  const seconds = reader.duration / 1000;
  const grown = grownIn(reader);
  const seen = seenIn(reader);
  const facts = reader.recording();
  const candidates = grownCandidates({ grown, seen, seconds, loaded }).slice(0, mostCandidates);
  const heap = heapSigns(candidates, grown, graphs);
  return {
    seconds,
    events: facts.produced["allocations"] ?? 0,
    candidates: heap.candidates.map((candidate) => withModules(candidate, seen, loaded)),
    notes: [...heap.notes, ...growthNotes({ grown })].slice(0, mostNotes),
    notObserved: [...facts.notObserved, ...heap.notObserved],
    graphs: heap.graphs,
  };
}

function heapSigns(
  candidates: readonly Candidate[],
  grown: readonly Grown[],
  graphs: Iterable<HeapGraph>,
): Pick<Signs, "candidates" | "notes" | "notObserved" | "graphs"> {
  const groups = candidates.map((candidate) => groupOf(grown, candidate));
  const series: Residue[] = [];
  const tallies: Tally[] = [];
  let last: HeapGraph | undefined;
  for (const graph of graphs) {
    series.push(residueOf(graph));
    tallies.push(tallyOf(graph, groups));
    last = graph;
  }
  if (!last) return { ...ungraphed(candidates), notObserved: [noGraph], graphs: 0 };
  const judgement = judged(candidates, standingsIn(last, groups), replaced(tallies));
  const growth = unexplainedGrowth(series);
  const objects = growth.objects.slice(0, mostObjects);
  const found = unexplainedCandidates({ ...growth, objects }, judgement.candidates, {
    grew: new Set(candidates.flatMap(({ type }) => type ?? [])),
    described: describedIn(
      last,
      objects.map(({ address }) => address),
    ),
  });
  return {
    candidates: [...judgement.candidates, ...found].slice(0, mostCandidates),
    notes: judgement.notes,
    notObserved: [...new Set(last.notObserved)],
    graphs: series.length,
  };
}

function groupOf(grown: readonly Grown[], { type, allocationSite }: Candidate): Group {
  const of = grown.find((row) => row.type === type && row.frames === allocationSite);
  return { type, sites: of?.sites ?? new Set(), size: of ? of.liveBytes / Math.max(1, of.live) : 0 };
}

function withModules(
  candidate: Candidate,
  seen: readonly Pick<Grown, "type" | "frames">[],
  loaded: readonly string[],
): Candidate {
  if (candidate.modules.length > 0) return candidate;
  const named = candidate.heapType ?? candidate.type;
  return { ...candidate, modules: likely({ type: named, frames: candidate.allocationSite }, seen, loaded) };
}
