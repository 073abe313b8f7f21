// Nothing in, this browser's settings out, kept; and what the page looks like with them. Next: views, look/tokens.css.
import { readSettings, type Settings } from "../logic/settings.ts";
import type { Cell } from "./cell.ts";
import { keptCell } from "./kept.ts";

export const createSettings = (): Cell<Settings> => keptCell("refscope.settings", readSettings);

/** Written where the sheets of styles and the canvases look for it. `shellChooses`: the desktop's shell makes the page light or dark. */
export function wear(settings: Cell<Settings>, shellChooses: boolean): void {
  const [dark, more, still] = [
    matchMedia("(prefers-color-scheme: dark)"),
    matchMedia("(prefers-contrast: more)"),
    matchMedia("(prefers-reduced-motion: reduce)"),
  ];
  const put = () => {
    const { appearance, density, motion } = settings.get();
    const own = appearance === "light" || appearance === "dark" ? appearance : undefined;
    const scheme = (shellChooses ? undefined : own) ?? (dark.matches ? "dark" : "light");
    const contrast = appearance === "contrast" || (appearance === "system" && more.matches) ? "more" : "usual";
    const { dataset } = document.documentElement;
    Object.assign(dataset, {
      scheme,
      contrast,
      density,
      motion: motion === "none" || still.matches ? "none" : "usual",
    });
  };
  settings.subscribe(put);
  for (const query of [dark, more, still]) query.addEventListener("change", put);
  put();
}

/** Told whenever what `wear` wrote is another. */
export function onWorn(change: () => void): () => void {
  const observer = new MutationObserver(change);
  observer.observe(document.documentElement, { attributeFilter: ["data-scheme", "data-contrast", "data-density"] });
  const forced = matchMedia("(forced-colors: active)");
  forced.addEventListener("change", change);
  return () => {
    observer.disconnect();
    forced.removeEventListener("change", change);
  };
}

export const isStill = (): boolean => document.documentElement.dataset["motion"] === "none";
