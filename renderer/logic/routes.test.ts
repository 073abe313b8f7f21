// In: routes and hashes. Out: each other.
import fc from "fast-check";
import { expect, test } from "vitest";
import { compare, flame } from "./evidence-route.ts";
import { gil } from "./gil-route.ts";
import { snapshot, why } from "./heap-route.ts";
import {
  attaching,
  errors,
  extensions,
  grows,
  hashOf,
  live,
  object,
  parseRoute,
  processes,
  type Route,
  recordings,
  settings,
  suspects,
} from "./routes.ts";
import { share } from "./share-route.ts";

const routes: readonly Route[] = [
  processes,
  { screen: "processes", filter: "a&b=c #?", pid: 41277 },
  attaching(12),
  settings,
  live(),
  live("/tmp/a b/übung?.refscope"),
  grows("/tmp/x.refscope"),
  { screen: "grows", path: "/x", table: "types", sort: "live", order: "up", filter: "dict -test", row: "1a2b" },
  { screen: "grows", path: "/x", table: "intervals", sort: "rank", order: "down", filter: "", row: undefined },
  recordings,
  gil("/x.refscope"),
  { ...gil(), span: { fromMs: 0, toMs: 12.000_001 } },
  { ...gil("/x"), thread: 41, filter: "worker waited>10ms", pins: [7, 3] },
  { ...gil("/x"), chosen: { kind: "hold", ref: { hold: 12, atMs: -0.5 } } },
  { ...gil("/x"), chosen: { kind: "span", span: { fromMs: 1, toMs: 2 } } },
  errors(),
  { screen: "errors", path: "/x", table: "sites", filter: "KeyError", row: undefined },
  extensions(),
  { screen: "extensions", path: "/x", filter: "dumps" },
  object("/x"),
  { ...live("/x"), range: { from: 1.5, to: 12 } },
  suspects("/x"),
  suspects("/x", 2),
  snapshot("/x"),
  { ...snapshot("/x"), id: 3, table: "objects", type: "app.User", set: "new", against: 1, filter: "a" },
  why(),
  why("/x", "type:app.User", 0),
  flame(),
  flame("/x", { function: "<lambda>", file: "/a b/c.py" }),
  { ...flame("/x"), measure: "growth", inverted: true, own: true, find: "a&b=c" },
  compare(),
  compare("/a", "/b"),
  {
    ...{ ...compare("/a b", "/b"), per: "call", only: "new-leak", mine: true, table: "flame", width: "delta" },
    ...{ measure: "bytes", of: { function: "f", file: "" } },
  },
  { ...object("/x"), address: "0x7f00", changes: "kept", filter: "get", row: "1a2b" },
  { ...object("/x"), watch: "type:app.User", pid: 4711 },
  share("/x"),
  { ...share("/x"), level: "minimal" },
];

test("every route survives the way through the address bar", () => {
  for (const route of routes) expect(parseRoute(hashOf(route))).toEqual(route);
});

test("a fresh screen has a short address", () => {
  expect(hashOf(processes)).toBe("#/processes");
  expect(hashOf(grows("/x"))).toBe("#/grows?path=%2Fx");
});

test("what is not understood leads to the processes", () => {
  for (const hash of [
    "",
    "#",
    "#/",
    "#/nothing",
    "#/attaching",
    "#/attaching?pid=-1",
    "#/attaching?pid=1e9",
    "#token=x",
  ])
    expect(parseRoute(hash).screen).toBe("processes");
});

/** What a view may hold: any words, any numbers that it takes. */
const text = fc.string({ unit: "binary", maxLength: 60 }).filter((words) => words.isWellFormed());
const path = fc.option(
  text.filter((words) => words !== ""),
  { nil: undefined },
);
const whole = fc.integer({ min: 0, max: 9_999_999_999 });
const number = fc.option(whole, { nil: undefined });
const apart = fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }));
const range = apart.map(([from, length]) => ({ from: from / 8, to: (from + length) / 8 }));
const span = apart.map(([from, length]) => ({ fromMs: from / 8, toMs: (from + length) / 8 }));
const sort = fc.constantFrom("rank", "live", "bytes", "growth");
const one = fc.record({ function: text.filter((words) => words !== ""), file: text });
const marksOfTwo = fc.record({ a: path, b: path });
const stacks = {
  ...{ measure: fc.constantFrom("bytes", "growth"), inverted: fc.boolean(), own: fc.boolean(), find: text },
  ...{ flat: fc.boolean(), zoom: path },
  of: fc.option(one, { nil: undefined }),
} as const;
const chosenOnTracks = fc.oneof(
  fc.constant(undefined),
  fc.record({ kind: fc.constant("hold"), ref: fc.record({ hold: whole, atMs: whole }) }),
  fc.record({ kind: fc.constant("span"), span }),
);
const any: fc.Arbitrary<Route> = fc.oneof(
  fc.record({ screen: fc.constant("processes"), filter: text, pid: number }),
  whole.map(attaching),
  fc.record({ screen: fc.constant("live"), path, range: fc.option(range, { nil: undefined }) }),
  fc.tuple(path, number).map(([of, suspect]) => suspects(of, suspect)),
  fc.record({
    ...{ screen: fc.constant("grows"), path, table: fc.constantFrom("sites", "types", "intervals"), sort },
    ...{ order: fc.constantFrom("up", "down"), filter: text, row: path },
  }),
  fc.record({
    ...{ screen: fc.constant("gil"), path, span: fc.option(span, { nil: undefined }), thread: number, filter: text },
    ...{ chosen: chosenOnTracks, pins: fc.uniqueArray(whole, { maxLength: 5 }) },
  }),
  fc.record({ screen: fc.constant("errors"), path, table: fc.constantFrom("types", "sites"), filter: text, row: path }),
  fc.record({ screen: fc.constant("extensions"), path, filter: text }),
  fc.record({
    ...{ screen: fc.constant("object"), path, address: path },
    ...{ changes: fc.constantFrom("pairs", "all", "kept"), filter: text, row: path, watch: path, pid: number },
  }),
  fc.record({
    ...{ screen: fc.constant("snapshot"), path, id: number, type: path, against: number, filter: text, object: path },
    ...{ table: fc.constantFrom("types", "objects", "tree", "compare"), set: fc.constantFrom("all", "new", "dead") },
  }),
  fc.record({ screen: fc.constant("why"), path, id: number, object: text }),
  fc.record({ screen: fc.constant("recordings"), filter: text }),
  fc.record({ screen: fc.constant("share"), path, level: fc.constantFrom("standard", "minimal") }),
  fc.record({ ...{ screen: fc.constant("flame"), path }, ...stacks }),
  fc.record({
    ...{ screen: fc.constant("compare"), a: path, b: path, per: fc.constantFrom("second", "call"), mine: fc.boolean() },
    ...{ only: fc.constantFrom(undefined, "worse"), table: fc.constantFrom("rows", "flame"), filter: text },
    ...{ marks: marksOfTwo, since: marksOfTwo, threshold: fc.integer({ min: 10, max: 100 }) },
    ...{ width: fc.constantFrom("b", "a", "delta"), ...stacks },
  }),
  fc.constant(settings),
);

test("whatever a view holds survives it as well", () => {
  const survives = (route: Route) => {
    expect(parseRoute(hashOf(route))).toEqual(route);
  };
  fc.assert(fc.property(any, survives), { numRuns: 5000 });
});

test("no hash breaks the page", () => {
  const hashes = fc.oneof(fc.string({ unit: "binary" }), fc.webFragments());
  const isRead = (hash: string) => typeof parseRoute(`#/${hash}`).screen === "string";
  fc.assert(fc.property(hashes, isRead), { numRuns: 5000 });
});
