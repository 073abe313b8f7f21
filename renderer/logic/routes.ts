// The address's hash in, what to show out, and back: every state worth coming back to is in the link. Next: state/use-route.ts.

import {
  type CompareRoute,
  compareFrom,
  compareWords,
  type FlameRoute,
  flameFrom,
  flameWords,
} from "./evidence-route.ts";
import { type GilRoute, gilFrom, gilWords } from "./gil-route.ts";
import { type SnapshotRoute, snapshotFrom, snapshotWords, type WhyRoute, whyFrom, whyWords } from "./heap-route.ts";
import { type ShareRoute, shareFrom, shareWords } from "./share-route.ts";
import type { Order } from "./sort.ts";

export type Table = "sites" | "types" | "intervals";
export type ErrorTable = "types" | "sites";
/** Changes of a count: with those together that give back what was taken, each by itself, or the references alone that were not given back. */
export type Changes = "pairs" | "all" | "kept";

export type Route =
  | { readonly screen: "processes"; readonly filter: string; readonly pid: number | undefined }
  | { readonly screen: "attaching"; readonly pid: number }
  | {
      readonly screen: "live";
      readonly path: string | undefined;
      /** A stretch of time that is looked at: what of it is still alive. */
      readonly range: Range | undefined;
    }
  | {
      readonly screen: "suspects";
      readonly path: string | undefined;
      /** Which one is open, by its rank; without it the first, 0 none. */
      readonly suspect: number | undefined;
    }
  | {
      readonly screen: "grows";
      readonly path: string | undefined;
      readonly table: Table;
      readonly sort: string;
      readonly order: Order;
      readonly filter: string;
      /** Which row is open, by the short name of its key. */
      readonly row: string | undefined;
    }
  | GilRoute
  | {
      readonly screen: "errors";
      readonly path: string | undefined;
      readonly table: ErrorTable;
      readonly filter: string;
      readonly row: string | undefined;
    }
  | { readonly screen: "extensions"; readonly path: string | undefined; readonly filter: string }
  | {
      readonly screen: "object";
      readonly path: string | undefined;
      /** Which of the followed objects; without it the first. */
      readonly address: string | undefined;
      readonly changes: Changes;
      readonly filter: string;
      /** Which change is open, by the short name of its key. */
      readonly row: string | undefined;
      /** Where none was followed: what is to be watched, as it is typed, and in which process. */
      readonly watch: string | undefined;
      readonly pid: number | undefined;
    }
  | SnapshotRoute
  | WhyRoute
  | FlameRoute
  | CompareRoute
  | { readonly screen: "recordings"; readonly filter: string }
  | ShareRoute
  | { readonly screen: "settings" };

/** Seconds since the recording began. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type LiveRoute = Extract<Route, { screen: "live" }>;
export type ProcessesRoute = Extract<Route, { screen: "processes" }>;
export type SuspectsRoute = Extract<Route, { screen: "suspects" }>;
export type GrowsRoute = Extract<Route, { screen: "grows" }>;
export type ErrorsRoute = Extract<Route, { screen: "errors" }>;
export type ExtensionsRoute = Extract<Route, { screen: "extensions" }>;
export type ObjectRoute = Extract<Route, { screen: "object" }>;

const changesShown: readonly Changes[] = ["all", "kept"];
const growthTables: readonly Table[] = ["types", "intervals"];

export const processes = { screen: "processes", filter: "", pid: undefined } as const satisfies Route;
export const recordings: Route = { screen: "recordings", filter: "" };
export const settings: Route = { screen: "settings" };
export const live = (path?: string): LiveRoute => ({ screen: "live", path, range: undefined });
export const suspects = (path?: string, suspect?: number): SuspectsRoute => ({ screen: "suspects", path, suspect });
export const grows = (path?: string): GrowsRoute => ({
  screen: "grows",
  path,
  table: "sites",
  sort: "rank",
  order: "down",
  filter: "",
  row: undefined,
});
/** Of that type alone; a quote cannot be quoted, and is left out. */
export const sitesOfType = (path: string, type: string): GrowsRoute => ({
  ...grows(path),
  filter: `type="${type.replaceAll('"', "")}"`,
});
export const betweenMarks = (path?: string): Route => ({ ...grows(path), table: "intervals" });
export const errors = (path?: string): Route => ({
  screen: "errors",
  path,
  table: "types",
  filter: "",
  row: undefined,
});
export const extensions = (path?: string): Route => ({ screen: "extensions", path, filter: "" });
export const object = (path?: string): ObjectRoute => ({
  screen: "object",
  path,
  address: undefined,
  changes: "pairs",
  filter: "",
  row: undefined,
  watch: undefined,
  pid: undefined,
});
export const attaching = (pid: number): Route => ({ screen: "attaching", pid });

/** Of one, and not of the list of them or of what is done with its file. */
export const showsRecording = (route: Route): boolean => "path" in route && route.screen !== "share";

/** What is not understood leads to the processes, never to an error. */
export function parseRoute(hash: string): Route {
  const [screen, query] = split(hash.replace(/^#\/?/, ""), "?");
  const given = new URLSearchParams(query);
  const filter = given.get("filter") ?? "";
  const path = given.get("path") ?? undefined;
  const pid = wholeNumber(given.get("pid"));
  if (screen === "live") return { screen, path, range: rangeFrom(given) };
  if (screen === "suspects") return suspects(path, wholeNumber(given.get("suspect")));
  if (screen === "snapshot") return snapshotFrom(given);
  if (screen === "why") return whyFrom(given);
  if (screen === "flame") return flameFrom(given);
  if (screen === "compare") return compareFrom(given);
  if (screen === "recordings") return { screen, filter };
  if (screen === "settings") return settings;
  if (screen === "share") return shareFrom(given);
  if (screen === "gil") return gilFrom(given);
  const row = given.get("row") ?? undefined;
  if (screen === "errors")
    return { screen, path, table: given.get("table") === "sites" ? "sites" : "types", filter, row };
  if (screen === "extensions") return { screen, path, filter };
  if (screen === "object") {
    const changes = changesShown.find((shown) => shown === given.get("changes")) ?? "pairs";
    const watch = given.get("watch") ?? undefined;
    return { screen, path, address: given.get("address") ?? undefined, changes, filter, row, watch, pid };
  }
  if (screen === "attaching" && pid !== undefined) return attaching(pid);
  if (screen === "grows") {
    return {
      screen,
      path,
      table: growthTables.find((table) => table === given.get("table")) ?? "sites",
      sort: given.get("sort") ?? "rank",
      order: given.get("order") === "up" ? "up" : "down",
      filter,
      row,
    };
  }
  return { screen: "processes", filter, pid };
}

/** Only what differs from a fresh screen is written. */
export function hashOf(route: Route): string {
  const words = Object.entries(wordsOf(route)).filter(([, value]) => value !== undefined && value !== "");
  const query = new URLSearchParams(words.map(([name, value]) => [name, String(value)])).toString();
  return `#/${route.screen}${query ? `?${query}` : ""}`;
}

function wordsOf(route: Route): Readonly<Record<string, string | number | undefined>> {
  switch (route.screen) {
    case "processes":
      return { filter: route.filter, pid: route.pid };
    case "attaching":
      return { pid: route.pid };
    case "live":
      return { path: route.path, from: route.range?.from, to: route.range?.to };
    case "suspects":
      return { path: route.path, suspect: route.suspect };
    case "snapshot":
      return snapshotWords(route);
    case "why":
      return whyWords(route);
    case "flame":
      return flameWords(route);
    case "compare":
      return compareWords(route);
    case "recordings":
      return { filter: route.filter };
    case "settings":
      return {};
    case "share":
      return shareWords(route);
    case "gil":
      return gilWords(route);
    case "errors":
      return {
        path: route.path,
        table: route.table === "types" ? undefined : route.table,
        filter: route.filter,
        row: route.row,
      };
    case "extensions":
      return { path: route.path, filter: route.filter };
    case "object":
      return {
        path: route.path,
        address: route.address,
        changes: route.changes === "pairs" ? undefined : route.changes,
        filter: route.filter,
        row: route.row,
        watch: route.watch,
        pid: route.pid,
      };
    case "grows":
      return {
        path: route.path,
        table: route.table === "sites" ? undefined : route.table,
        sort: route.sort === "rank" ? undefined : route.sort,
        order: route.order === "down" ? undefined : route.order,
        filter: route.filter,
        row: route.row,
      };
    default:
      return route satisfies never;
  }
}

function split(text: string, at: string): readonly [string, string] {
  const where = text.indexOf(at);
  return where < 0 ? [text, ""] : [text.slice(0, where), text.slice(where + 1)];
}

function rangeFrom(given: URLSearchParams): Range | undefined {
  const [from, to] = [given.get("from"), given.get("to")];
  const range = { from: Number(from ?? Number.NaN), to: Number(to ?? Number.NaN) };
  return range.from >= 0 && range.to > range.from && range.to < 1e9 ? range : undefined;
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
