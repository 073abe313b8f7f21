// Electron in, the running application out, set up in the order of this file: what denies comes before what shows. Next: window.ts, desk.ts.
import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { loadPages } from "../engine/rpc/pages.ts";
import { actionsOf } from "./actions.ts";
import { wantedBy } from "./arguments.ts";
import { Desk } from "./desk.ts";
import { EngineKeeper } from "./engine/engine-keeper.ts";
import { localStarter } from "./engine/local-starter.ts";
import { handle } from "./handle.ts";
import { denyOtherRequests, denyPermissions, guardContents } from "./hardening.ts";
import { Keeper } from "./kept.ts";
import { createMenus } from "./menus.ts";
import { scheme } from "./origin.ts";
import { answerPage, privileges } from "./page-protocol.ts";
import { type Places, placesOf } from "./places.ts";
import { createRate } from "./rate.ts";
import type { Shell } from "./shell.ts";
import { openWindow } from "./window.ts";

const callsPerSecond = 20;
const callsAtOnce = 40;

export function start(shell: Shell): void {
  const { app } = shell;
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.enableSandbox();
  shell.protocol.registerSchemesAsPrivileged(privileges);
  // Never in what is given to users, unless they ask for it by name.
  const devTools = !app.isPackaged || process.env["REFSCOPE_DEVTOOLS"] === "1";
  app.on("web-contents-created", (_event, contents) => guardContents(contents, devTools));
  const early: string[] = [];
  // macOS says which file was opened by an event, and says it before the application is ready.
  const onFile = (event: { preventDefault(): void }, path: string) => {
    event.preventDefault();
    early.push(path);
  };
  app.on("open-file", onFile);
  void app.whenReady().then(() => {
    app.off("open-file", onFile);
    ready(shell, devTools, early);
  });
}

function ready(shell: Shell, devTools: boolean, early: readonly string[]): void {
  const { app } = shell;
  const places = placesOf(app.getAppPath(), app.isPackaged, process.resourcesPath);
  const keeper = new Keeper(join(app.getPath("userData"), "desktop.json"));
  shell.nativeTheme.themeSource = keeper.kept.theme;
  if (!servePages(shell, places, devTools)) return;
  const engines = new EngineKeeper(localStarter(shell.utilityProcess, places, process.versions.node, process.env));
  const window = keepOneWindow(shell, keeper, places, devTools);
  const desk = deskOf(shell, engines, keeper, window, () => menus.show());
  const menus = createMenus(shell, { desk, keeper, window, devTools });
  const { setTheme } = menus;
  const openExternal = (url: string) => shell.shell.openExternal(url);
  handle(
    shell.ipcMain,
    actionsOf({ desk, engines, keeper, setTheme, openExternal }),
    createRate(callsPerSecond, callsAtOnce, () => performance.now()),
  );
  menus.show();
  window();
  const open = (path: string) => void desk.open(path).then(menus.tell);
  takeWishes(shell, desk, open, menus.tell, window);
  for (const path of early) open(path);
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
function keepOneWindow(shell: Shell, keeper: Keeper, places: Places, devTools: boolean): () => BrowserWindow {
  const { screen, nativeTheme } = shell;
  let window: BrowserWindow | undefined;
  return () => {
    if (!window || window.isDestroyed())
      window = openWindow({
        BrowserWindow: shell.BrowserWindow,
        screen,
        nativeTheme,
        keeper,
        preload: places.preload,
        devTools,
      });
    return window;
  };
}

const deskOf = (
  { MessageChannelMain, dialog }: Shell,
  engines: EngineKeeper,
  keeper: Keeper,
  window: () => BrowserWindow,
  recentChanged: () => void,
) =>
  new Desk({
    engines,
    keeper,
    window,
    recentChanged,
    newChannel: () => new MessageChannelMain(),
    askOpen: (options) => dialog.showOpenDialog(window(), options),
    askSave: (options) => dialog.showSaveDialog(window(), options),
  });

type Tell = Parameters<ReturnType<typeof createMenus>["tell"]>[0];

/** Files and links of this start, and of every later one that found us running. */
function takeWishes(
  { app }: Shell,
  desk: Desk,
  open: (path: string) => void,
  tell: (answer: Tell) => void,
  window: () => BrowserWindow,
): void {
  const take = (words: readonly string[], folder: string) => {
    const { recording, connect } = wantedBy(words, folder);
    if (recording !== undefined) open(recording);
    else if (connect !== undefined) void desk.switchEngine(connect).then(tell);
  };
  take(process.argv.slice(1), process.cwd());
  app.on("open-file", (event, path) => {
    event.preventDefault();
    open(path);
  });
  app.on("second-instance", (_event, words, folder) => {
    const shown = window();
    if (shown.isMinimized()) shown.restore();
    shown.focus();
    take(words.slice(1), folder);
  });
  app.on("activate", () => window().show());
}

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
