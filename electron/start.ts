// Electron in, the running application out, set up in the order of this file: what denies comes before what shows. Next: window.ts, desk.ts.
import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { loadPages } from "../engine/rpc/pages.ts";
import { reloadWhenGone } from "./accidents.ts";
import { actionsOf } from "./actions.ts";
import { Desk } from "./desk.ts";
import { EngineKeeper } from "./engine/engine-keeper.ts";
import { localStarter } from "./engine/local-starter.ts";
import { handle } from "./handle.ts";
import { denyOtherRequests, denyPermissions, guardContents } from "./hardening.ts";
import { Keeper } from "./kept.ts";
import { createMenus, type Menus } from "./menus.ts";
import { scheme } from "./origin.ts";
import { answerPage, privileges } from "./page-protocol.ts";
import { type Places, placesOf } from "./places.ts";
import { createRate } from "./rate.ts";
import type { Shell } from "./shell.ts";
import { openWindow } from "./window.ts";
import { takeWishes } from "./wishes.ts";

const callsOf = { page: { perSecond: 20, atOnce: 40 }, outside: { perSecond: 1, atOnce: 3 } } as const;
const now = () => performance.now();

export function start(shell: Shell): void {
  const { app } = shell;
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.enableSandbox();
  // Kept beside the settings, sent nowhere.
  shell.crashReporter.start({ uploadToServer: false });
  shell.protocol.registerSchemesAsPrivileged(privileges);
  // Never in what is given to users, unless they ask for it by name.
  const devTools = !app.isPackaged || process.env["REFSCOPE_DEVTOOLS"] === "1";
  const outside = createRate(callsOf.outside.perSecond, callsOf.outside.atOnce, now);
  const openOutside = (page: string) => {
    if (outside.take()) void shell.shell.openExternal(page);
  };
  app.on("web-contents-created", (_event, contents) => guardContents(contents, devTools, openOutside));
  const early: string[] = [];
  // macOS says which file was opened by an event, and says it before the application is ready.
  const onFile = (event: { preventDefault(): void }, path: string) => {
    event.preventDefault();
    early.push(path);
  };
  app.on("open-file", onFile);
  void app.whenReady().then(() => {
    app.off("open-file", onFile);
    ready(shell, devTools, [...process.argv.slice(1), ...early]);
  });
}

function ready(shell: Shell, devTools: boolean, words: readonly string[]): void {
  const { app } = shell;
  const places = placesOf(app.getAppPath(), app.isPackaged, process.resourcesPath);
  const keeper = new Keeper(join(app.getPath("userData"), "desktop.json"));
  shell.nativeTheme.themeSource = keeper.kept.theme;
  if (!servePages(shell, places, devTools)) return;
  const engines = new EngineKeeper(localStarter(shell.utilityProcess, places, process.versions.node, process.env));
  const window = keepOneWindow(shell, keeper, places, devTools, (answer) => menus.tell(answer));
  const opened = (path: string) => {
    app.addRecentDocument(path);
    menus.show();
  };
  const desk = deskOf(shell, engines, keeper, window, opened);
  const menus = createMenus(shell, { desk, keeper, window, devTools, docs: places.docs });
  const { setTheme, tell } = menus;
  handle(
    shell.ipcMain,
    actionsOf({ desk, engines, keeper, setTheme }),
    createRate(callsOf.page.perSecond, callsOf.page.atOnce, now),
  );
  menus.show();
  window();
  takeWishes(shell, { desk, tell, window, words, folder: process.cwd() });
  endWith(shell, engines);
}

/** Without its pages there is nothing to show but why. */
function servePages(shell: Shell, places: Places, devTools: boolean): boolean {
  const pages = loadPages(places.renderer);
  if (!pages.ok) {
    shell.dialog.showErrorBox(pages.failure.cause, pages.failure.fix);
    shell.app.quit();
    return false;
  }
  const own = shell.session.defaultSession;
  denyPermissions(own);
  denyOtherRequests(own, devTools);
  shell.protocol.handle(scheme, ({ method, url }) => {
    const { bytes, status, headers } = answerPage(pages.value, method, url);
    return new Response(new Uint8Array(bytes), { status, headers });
  });
  return true;
}

/** The window, made anew when it was closed (macOS goes on without one). */
function keepOneWindow(
  { BrowserWindow, screen, nativeTheme }: Shell,
  keeper: Keeper,
  { preload }: Places,
  devTools: boolean,
  tell: Menus["tell"],
): () => BrowserWindow {
  let window: BrowserWindow | undefined;
  return () => {
    if (window && !window.isDestroyed()) return window;
    window = openWindow({ BrowserWindow, screen, nativeTheme, keeper, preload, devTools });
    reloadWhenGone(window.webContents, tell, now);
    return window;
  };
}

const deskOf = (
  { MessageChannelMain, dialog }: Shell,
  engines: EngineKeeper,
  keeper: Keeper,
  window: () => BrowserWindow,
  opened: (path: string) => void,
) =>
  new Desk({
    engines,
    keeper,
    window,
    opened,
    newChannel: () => new MessageChannelMain(),
    askOpen: (options) => dialog.showOpenDialog(window(), options),
    askSave: (options) => dialog.showSaveDialog(window(), options),
  });

/** What records is stopped and stored before the application ends. */
function endWith({ app }: Shell, engines: EngineKeeper): void {
  let closed = false;
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  app.on("before-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    void engines.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}
