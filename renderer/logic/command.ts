// A screen's route in; the command that shows the same in a terminal, ready to be pasted there, out. Next: state/use-command.ts.
import { leastThreshold } from "../../shared/comparison-calls.ts";
import type { CompareRoute } from "./evidence-route.ts";
import type { Route } from "./routes.ts";

export interface Place {
  /** The recording that is shown where the route names none. */
  readonly shown: string | undefined;
  /** The process that is being recorded there. */
  readonly livePid: number | undefined;
  /** The home of who runs the engine: its paths become `~`, which the shell turns back. */
  readonly home: string | undefined;
}

/** Undefined where there is nothing to show: no recording, no two to compare. */
export function commandOf(route: Route, place: Place): string | undefined {
  const path = ("path" in route ? route.path : undefined) ?? place.shown;
  const file = path === undefined ? undefined : fileWord(path, place.home);
  const of = (verb: string, ...more: readonly string[]) =>
    file === undefined ? undefined : line([verb, ...more], [file]);
  const filtered = "filter" in route && route.filter !== "" ? ["--filter", shellWord(route.filter)] : [];
  switch (route.screen) {
    case "processes":
      return route.pid === undefined ? line(["ps", ...filtered]) : line(["doctor", String(route.pid)]);
    case "attaching":
      return line(["record", String(route.pid)]);
    case "live":
      if (route.range !== undefined) return of("open");
      return place.livePid === undefined ? of("report") : line(["top", String(place.livePid)]);
    case "suspects":
      return of("diagnose");
    case "grows":
    case "gil":
    case "errors":
      return of("report", ...filtered);
    case "extensions":
      return of("report");
    // These have no words of their own in a terminal: the page is opened there.
    case "object":
    case "snapshot":
      return of("open");
    case "why":
      if (route.object === "" || file === undefined) return of("open");
      return line(["why", ...numbered(route.id)], [file, shellWord(route.object)]);
    case "recordings":
      return line(["sessions"]);
    case "settings":
      return line(["doctor"]);
    case "share":
      return of("redact", "--level", route.level, "--dry-run");
    case "compare":
      return route.a === undefined || route.b === undefined
        ? undefined
        : line(
            ["compare", ...comparedBy(route)],
            [
              fileWord(`${route.a}${atMark(route, "a")}`, place.home),
              fileWord(`${route.b}${atMark(route, "b")}`, place.home),
            ],
          );
    case "flame":
      return of("export", "--format", "speedscope");
    default:
      return route satisfies never;
  }
}

const comparedBy = ({ per, threshold }: CompareRoute): readonly string[] => [
  ...(per === "second" ? [] : ["--per", shellWord(per)]),
  ...(threshold === leastThreshold ? [] : ["--threshold", String(threshold)]),
];

/** `@later`, `@warm..later`; nothing for a whole recording. */
function atMark({ marks, since }: CompareRoute, side: "a" | "b"): string {
  const [to, from] = [marks[side], since[side]];
  return to === undefined ? "" : `@${from === undefined ? "" : `${from}..`}${to}`;
}

const numbered = (id: number | undefined): readonly string[] => (id === undefined ? [] : ["--snapshot", String(id)]);

/** What begins with a hyphen is no option behind two of them. */
function line(words: readonly string[], operands: readonly string[] = []): string {
  const guard = operands.some((word) => /^['"$]*-/.test(word)) ? ["--"] : [];
  return ["refscope", ...words, ...guard, ...operands].join(" ");
}

/** A quoted `~` would be a folder of that name. */
function fileWord(path: string, home: string | undefined): string {
  const below = home !== undefined && home !== "/" && path.startsWith(`${home}/`) ? path.slice(home.length + 1) : "";
  return below === "" ? shellWord(path) : `~/${shellWord(below)}`;
}

/** Taken by a shell as this one word and nothing else. */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word) && !word.startsWith("=")) return word;
  if (!unseen.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  return `$'${Array.from(word, spelt).join("")}'`;
}

/** A line end or an escape sequence would act when it is pasted, before any shell reads the quotes. */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

function spelt(letter: string): string {
  if (letter === "\\" || letter === "'") return `\\${letter}`;
  if (!unseen.test(letter)) return letter;
  // By bytes: `\u` depends on the terminal's locale.
  return Array.from(new TextEncoder().encode(letter), (byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}
