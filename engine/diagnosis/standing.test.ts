// Drawn heap graphs and what grew in; the kind of leak that each is, and notes on what is none, out.
import { expect, test } from "vitest";
import { drawHeap } from "../../test/fixtures/drawn-heap.ts";
import { residueOf } from "../analysis/heap/residue.ts";
import { unexplainedGrowth } from "../analysis/heap/unexplained-growth.ts";
import type { Candidate } from "./candidate.ts";
import { judged } from "./heap-candidates.ts";
import { standingsIn } from "./standing.ts";
import { replaced, tallyOf } from "./turnover.ts";
import { unexplainedCandidates } from "./unexplained-candidates.ts";

const candidate = (type: string, grown = 3): Candidate => ({
  kind: "growth",
  type,
  perSecond: 10,
  bytesPerSecond: 100,
  grown,
  allocationSite: [{ function: `make${type}`, file: "app.py", line: 1 }],
  domain: "obj",
  keeper: undefined,
  importing: false,
  heldBy: [],
  confidence: 0.7,
  evidence: [],
  notObserved: [],
  objects: [],
  heapType: undefined,
  sample: undefined,
  partOf: undefined,
  modules: [],
});

function judgedIn(drawing: string, types: readonly string[], grown = 3) {
  const { graph } = drawHeap(drawing);
  const groups = types.map((type, at) => ({ type, sites: new Set([at + 1]), size: 1 }));
  const candidates = types.map((type) => candidate(type, grown));
  return judged(candidates, standingsIn(graph, groups));
}

test("what a root reaches is held, by the way there, and its parts belong to it", () => {
  const { candidates } = judgedIn(
    `module app = app
     app: module -> ["users"] users
     users: list -> [0] a, [1] b
     a: User @1 -> .name m
     b: User @1 -> .name n
     m: Name @2
     n: Name @2`,
    ["User", "Name"],
    2,
  );
  expect(candidates.map(({ type, kind, partOf }) => [type, kind, partOf])).toEqual([
    ["User", "held", undefined],
    ["Name", "held", 0],
  ]);
  expect(candidates[0]?.heldBy[0]?.map(({ type, edge }) => `${edge} ${type}`)).toEqual([
    "module app module",
    '["users"] list',
    "[1] User",
  ]);
});

test("what only references hold that no object explains is unreachable", () => {
  const { candidates } = judgedIn("a: str @1 +1\nb: str @1 +1\nc: str @1 +1", ["str"]);
  expect(candidates.map(({ kind }) => kind)).toEqual(["unreachable"]);
});

test("a cycle with an object that hides what it holds cannot be collected, and is told with it", () => {
  const { candidates } = judgedIn(
    "a: Owner !tracked !traverses @1 -> .pool b\nb: Pool @2 -> .made a",
    ["Owner", "Pool"],
    1,
  );
  expect(candidates.map(({ kind, keeper }) => [kind, keeper?.type])).toEqual([
    ["uncollectable-cycle", "Pool"],
    ["uncollectable-cycle", "Pool"],
  ]);
});

test("garbage waits for the collector; when it never comes that is a leak", () => {
  const drawing = "a: Node !tracked !traverses @1 -> .next b\nb: Node !tracked !traverses @1 -> .back a";
  expect(judgedIn(drawing, ["Node"], 2).notes.map(({ kind }) => kind)).toEqual(["garbage"]);
});

test("a cache with a bound that fills is none", () => {
  const { notes } = judgedIn(
    `module app = app
     app: module -> ["f"] f
     f: functools._lru_cache_wrapper -> d, a
     d: dict -> link
     link: functools._lru_list_elem -> a
     a: Page @1`,
    ["Page"],
    1,
  );
  expect(notes.map(({ kind }) => kind)).toEqual(["bounded-cache"]);
  const { candidates } = judgedIn(
    `module app = app
     app: module -> ["f"] f
     f: functools._lru_cache_wrapper -> d
     d: dict -> ["a"] a
     a: Page @1`,
    ["Page"],
    1,
  );
  expect(candidates.map(({ kind }) => kind)).toEqual(["held"]);
});

test("what takes the place of older objects does not grow", () => {
  const cache = (old: number, fresh: number) =>
    drawHeap(
      [
        "module app = app",
        `app: module -> ["c"] c`,
        `c: dict -> ${[...Array(old + fresh).keys()].map((at) => `["k${at}"] p${at}`).join(", ")}`,
        ...[...Array(old + fresh).keys()].map((at) => `p${at}: Page ${at < old ? "" : "@1"}`),
      ].join("\n"),
    ).graph;
  const groups = [{ type: "Page", sites: new Set([1]), size: 1 }];
  const turned = (...graphs: readonly (readonly [number, number])[]) =>
    replaced(graphs.map(([old, fresh]) => tallyOf(cache(old, fresh), groups)));
  expect(turned([50, 10], [30, 30])).toEqual([true]);
  expect(turned([50, 10], [50, 30])).toEqual([false]);
});

test("references that nobody explains are a candidate of their own", () => {
  const series = [1, 101, 201, 301].map((extra, at) =>
    residueOf(drawHeap(`module app = app\napp: module -> ["x"] x\nx: dtype +${extra}`, { at: at * 2000 }).graph),
  );
  const [found] = unexplainedCandidates(unexplainedGrowth(series), [], { grew: new Set(), described: new Map() });
  expect(found).toMatchObject({ kind: "unexplained-references", type: "dtype", perSecond: 50, grown: 300 });
});
