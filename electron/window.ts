// What was kept in, the one window out, at its place and never empty: it is shown when its page is drawn. Next: page-protocol.ts serves it.
import type { BrowserWindow, Screen } from "electron";
import { type Keeper, placeFor } from "./kept.ts";
import { pageUrl } from "./origin.ts";
import { webPreferences } from "./window-options.ts";

export interface WindowParts {
  readonly BrowserWindow: typeof BrowserWindow;
  readonly screen: Pick<Screen, "getAllDisplays">;
  readonly nativeTheme: { readonly shouldUseDarkColors: boolean };
  readonly keeper: Keeper;
  readonly preload: string;
  readonly devTools: boolean;
}

/** The page's own ground, so that nothing flashes before it is drawn. */
const ground = { light: "#ffffff", dark: "#111418" } as const;

export function openWindow(parts: WindowParts, url: string = pageUrl): BrowserWindow {
  const { keeper, screen, nativeTheme } = parts;
  const { bounds, maximized } = keeper.kept;
  const window = new parts.BrowserWindow({
    ...placeFor(
      bounds,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: 480,
    minHeight: 360,
    show: false,
    title: "Refscope",
    backgroundColor: nativeTheme.shouldUseDarkColors ? ground.dark : ground.light,
    webPreferences: webPreferences(parts.preload, parts.devTools),
  });
  // A window that is not shown yet would be shown by it, and empty.
  window.once("ready-to-show", () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on("close", () => keeper.change({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
  void window.loadURL(url).catch(() => {});
  return window;
}
