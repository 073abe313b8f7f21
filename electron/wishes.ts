// Files and links of this start, and of every later one that found us running, in; the desk's doings out. Next: desk.ts.
import type { BrowserWindow } from "electron";
import { wantedBy } from "./arguments.ts";
import type { Desk } from "./desk.ts";
import type { Menus } from "./menus.ts";
import type { Shell } from "./shell.ts";
import { usage } from "./words.ts";

export interface WishParts {
  readonly desk: Desk;
  readonly tell: Menus["tell"];
  readonly window: () => BrowserWindow;
  /** The words of this start. */
  readonly words: readonly string[];
  readonly folder: string;
}

export function takeWishes({ app }: Pick<Shell, "app">, { desk, tell, window, words, folder }: WishParts): void {
  const open = (path: string) => void desk.open(path).then(tell);
  const take = (given: readonly string[], from: string) => {
    const { recording, connect, refused } = wantedBy(given, from);
    if (refused !== undefined)
      tell(usage(`${refused} is no recording of this machine`, "Copy it here, and open the copy."));
    else if (recording !== undefined) open(recording);
    else if (connect !== undefined) void desk.switchEngine(connect).then(tell);
  };
  take(words, folder);
  app.on("open-file", (event, path) => {
    event.preventDefault();
    open(path);
  });
  app.on("second-instance", (_event, given, from) => {
    const shown = window();
    if (shown.isMinimized()) shown.restore();
    shown.focus();
    take(given.slice(1), from);
  });
  app.on("activate", () => window().show());
}
