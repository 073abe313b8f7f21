// Pages that ended in; each loaded again with a word to the user out, unless that does not help. Next: start.ts.
import type { WebContents } from "electron";
import type { Menus } from "./menus.ts";
import { createRate } from "./rate.ts";
import { wordsOf } from "./words.ts";

const atOnce = 3;
const perSecond = 1 / 60;

type Ending = Pick<WebContents, "on" | "reload">;

/** The engine is another process: what records goes on meanwhile. */
export function reloadWhenGone(contents: Ending, tell: Menus["tell"], nowMs: () => number): void {
  const rate = createRate(perSecond, atOnce, nowMs);
  contents.on("render-process-gone", (_event, { reason }) => {
    if (reason === "clean-exit") return;
    const again = rate.take();
    if (again) contents.reload();
    const fix = again
      ? "It was loaded again. What records goes on, in a process of its own."
      : "It ends again and again: close the application and start it anew. What was recorded until now is kept.";
    tell(wordsOf({ code: "bug", cause: `the window's page ended (${reason})`, fix }));
  });
}
