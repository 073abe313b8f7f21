// In: routes and hashes. Out: each other.
import { expect, test } from "vitest";
import { compare, flame } from "./evidence-route.ts";
import { snapshot, why } from "./heap-route.ts";
import {
  attaching,
  errors,
  extensions,
  gil,
  grows,
  hashOf,
  live,
  object,
  parseRoute,
  processes,
  type Route,
  recordings,
  suspects,
} from "./routes.ts";
import { share } from "./share-route.ts";

const routes: readonly Route[] = [
  processes,
  { screen: "processes", filter: "a&b=c #?", pid: 41277 },
  attaching(12),
  live(),
  live("/tmp/a b/übung?.refscope"),
  grows("/tmp/x.refscope"),
  { screen: "grows", path: "/x", table: "types", sort: "live", order: "up", filter: "dict -test" },
  { screen: "grows", path: "/x", table: "intervals", sort: "rank", order: "down", filter: "" },
  recordings,
  gil("/x.refscope"),
  { screen: "gil", path: undefined, span: { fromMs: 0, toMs: 12.000_001 } },
  errors(),
  { screen: "errors", path: "/x", table: "sites", filter: "KeyError" },
  extensions(),
  { screen: "extensions", path: "/x", filter: "dumps" },
  object("/x"),
  { ...live("/x"), range: { from: 1.5, to: 12 } },
  suspects("/x"),
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
  { screen: "object", path: "/x", address: "0x7f00", changes: "kept", filter: "get" },
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
