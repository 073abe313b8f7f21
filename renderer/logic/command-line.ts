// A view in, the command that shows the same in a terminal out; undefined where there is none. Next: views/frame.
import type { Route } from "./routes.ts";

/** `shown`: the recording that a view without a path of its own shows. */
export function commandLine(route: Route, shown: string | undefined): string | undefined {
  const words = wordsOf(route, "path" in route ? (route.path ?? shown) : shown);
  return words && ["refscope", ...words].map(quoted).join(" ");
}

function wordsOf(route: Route, path: string | undefined): readonly string[] | undefined {
  const filter = "filter" in route && route.filter !== "" ? ["--filter", route.filter] : [];
  switch (route.screen) {
    case "processes":
      return route.pid === undefined ? ["ps", ...filter] : ["doctor", String(route.pid)];
    case "recordings":
      return ["sessions"];
    case "settings":
      return ["doctor"];
    case "attaching":
      return ["record", String(route.pid)];
    case "live":
    case "extensions":
    case "object":
      return path === undefined ? undefined : ["report", path];
    case "suspects":
      return path === undefined ? undefined : ["diagnose", path];
    case "grows":
    case "errors":
      return path === undefined ? undefined : ["report", path, ...filter];
    case "gil":
      return path === undefined ? undefined : ["report", path];
    case "flame":
      return path === undefined ? undefined : ["export", path, "--format", "speedscope"];
    case "compare":
      return route.a === undefined || route.b === undefined
        ? undefined
        : ["compare", route.a, route.b, ...(route.per === "second" ? [] : ["--per", route.per])];
    case "snapshot":
      return path === undefined ? undefined : ["open", path];
    case "why":
      return path === undefined || route.object === ""
        ? undefined
        : ["why", path, route.object, ...snapshotOf(route.id)];
    default:
      return route satisfies never;
  }
}

const snapshotOf = (id: number | undefined): readonly string[] => (id === undefined ? [] : ["--snapshot", String(id)]);

/** As a POSIX shell takes it back. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
