// Nothing in; every screen and every action of the page with its id, name and keys out: the rail, the palette, the sheet of keys and
// docs/keys.md are made of these tables. An id is kept for good: links and tests name it. Next: state/commands.ts, views/frame.

import { compare, flame } from "./evidence-route.ts";
import { gil } from "./gil-route.ts";
import { snapshot, why } from "./heap-route.ts";
import {
  errors,
  extensions,
  grows,
  live,
  object,
  parseRoute,
  processes,
  type Route,
  recordings,
  settings,
  suspects,
} from "./routes.ts";

export interface ScreenRow {
  readonly id: `view.${string}`;
  readonly name: string;
  readonly keys: string;
  /** Said in the sheet where the name alone is too short. */
  readonly about?: string;
  /** Over which it stands in the rail. */
  readonly head: string | undefined;
  readonly to: (path?: string) => Route;
}

const wrong = "What is wrong";
const holds = "Who holds it";

/** In the order in which one asks. */
export const screens: readonly ScreenRow[] = [
  { id: "view.processes", name: "Processes", keys: "g p", head: undefined, to: () => processes },
  { id: "view.live", name: "Live", keys: "g l", head: undefined, to: live },
  { id: "view.suspects", name: "Suspects", keys: "g s", head: wrong, to: suspects },
  { id: "view.grows", name: "What grows", keys: "g w", head: wrong, to: grows },
  {
    id: "view.flame",
    name: "Stacks",
    about: "Stacks as a flame graph",
    keys: "g f",
    head: wrong,
    to: (path) => flame(path),
  },
  { id: "view.gil", name: "GIL", keys: "g g", head: wrong, to: gil },
  { id: "view.errors", name: "Errors", keys: "g e", head: wrong, to: errors },
  { id: "view.extensions", name: "Extensions", keys: "g x", head: wrong, to: extensions },
  { id: "view.snapshot", name: "Snapshot", about: "Snapshot of the heap", keys: "g h", head: holds, to: snapshot },
  { id: "view.why", name: "Why", about: "Why an object is alive", keys: "g y", head: holds, to: (path) => why(path) },
  { id: "view.object", name: "Object", keys: "g o", head: holds, to: object },
  { id: "view.recordings", name: "Recordings", keys: "g r", head: "Evidence", to: () => recordings },
  {
    id: "view.compare",
    name: "Compare",
    about: "Compare two recordings",
    keys: "g c",
    head: "Evidence",
    to: () => compare(),
  },
  { id: "view.settings", name: "Settings", keys: "g ,", head: "Refscope", to: () => settings },
];

interface ActionShape {
  readonly id: string;
  readonly name: string;
  readonly keys?: string;
  /** Where it can be done; everywhere when nothing is said. */
  readonly where?: string;
  /** The screen listens to the key itself: it is held down, or depends on the focus. */
  readonly own?: true;
}
const onTracks = { where: "GIL", own: true } as const;

const actions = [
  { id: "palette.open", name: "Commands", keys: "Ctrl+K", own: true },
  { id: "keys.show", name: "Show the keys", keys: "?" },
  { id: "filter.focus", name: "Filter the table", keys: "/" },
  { id: "copy.link", name: "Copy the link to this view" },
  { id: "copy.command", name: "Copy the command that shows this" },
  { id: "appearance.system", name: "Look: as the system" },
  { id: "appearance.light", name: "Look: light" },
  { id: "appearance.dark", name: "Look: dark" },
  { id: "appearance.contrast", name: "Look: high contrast" },
  { id: "processes.refresh", name: "List the processes again", where: "Processes" },
  { id: "recording.start", name: "Record this process", where: "Processes" },
  { id: "diagnosis.start", name: "Diagnose this process", where: "Processes" },
  { id: "recording.stop", name: "Stop the recording", where: "while one goes on" },
  { id: "mark.set", name: "Mark the present, or the time that is pointed at in what is over", keys: "M" },
  {
    id: "display.freeze",
    name: "Freeze the display, or go on; the recording does",
    keys: "Space",
    where: "while one goes on",
  },
  { id: "tracks.closer", name: "Look closer", keys: "W", ...onTracks },
  { id: "tracks.further", name: "Look from further away", keys: "S", ...onTracks },
  { id: "tracks.earlier", name: "Earlier", keys: "A", ...onTracks },
  { id: "tracks.later", name: "Later", keys: "D", ...onTracks },
  { id: "tracks.next", name: "Next hold of the chosen thread", keys: ".", ...onTracks },
  { id: "tracks.previous", name: "Previous hold of the chosen thread", keys: ",", ...onTracks },
  { id: "tracks.focus", name: "Show what is chosen; once more: all", keys: "F", ...onTracks },
  { id: "tracks.all", name: "Show all", keys: "0", ...onTracks },
  { id: "tracks.range", name: "Choose the time that is in view", keys: "R", ...onTracks },
  { id: "tracks.find", name: "Find a thread", keys: "Ctrl+P", ...onTracks },
  { id: "tracks.pin", name: "Pin the chosen thread to the top, or let it go", keys: "P", ...onTracks },
  { id: "tracks.drop", name: "Drop what is chosen", keys: "Esc", ...onTracks },
  { id: "tracks.follow", name: "Follow what is recorded", where: "GIL" },
] as const satisfies readonly ActionShape[];

export type ActionId = (typeof actions)[number]["id"];
export const actionRows: readonly (ActionShape & { readonly id: ActionId })[] = actions;

/** Keys that move the focus, or do what a pointer does: no commands. */
export const moves: readonly { readonly keys: string; readonly name: string }[] = [
  { keys: "↑ ↓ Home End", name: "Walk the rows of a table; Enter opens one" },
  { keys: "← →", name: "In a row: its numbers; in a tree: shut and open a branch" },
  { keys: "↓ Enter Esc", name: "In a filter: the fields, take one, shut them" },
  { keys: "↑ ↓ ← →", name: "On a flame graph: out to what called it, in to the widest it calls, along the row" },
  { keys: "Enter Backspace Esc", name: "On a flame graph: the whole width to a frame, one frame out, all of it" },
  { keys: "↑ ↓ ← →", name: "On the tracks of the GIL: choose the thread, move" },
];

/** A link may ask for a screen by its id, `#/live?do=view.gil`: going places alone does no harm. Everything else is not done. */
export function linkedRoute(hash: string): Route {
  const route = parseRoute(hash);
  const wanted = new URLSearchParams(hash.split("?")[1] ?? "").get("do");
  const screen = screens.find(({ id }) => id === wanted);
  return screen ? screen.to("path" in route ? route.path : undefined) : route;
}
