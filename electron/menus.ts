// The desk in, menus that use it and boxes that tell what went wrong out. Next: menu.ts has the rows.
import { join } from "node:path";
import type { BrowserWindow } from "electron";
import type { DesktopAnswer, Theme } from "../shared/desktop-contract.ts";
import type { Desk } from "./desk.ts";
import { parseRemoteLink } from "./engine/remote-link.ts";
import type { Keeper } from "./kept.ts";
import { type MenuDoes, menuRows } from "./menu.ts";
import { settingsUrl } from "./origin.ts";
import { helpPages } from "./outside.ts";
import type { Shell } from "./shell.ts";
import { fine, usage } from "./words.ts";

export interface MenuParts {
  readonly desk: Desk;
  readonly keeper: Keeper;
  readonly window: () => BrowserWindow;
  readonly devTools: boolean;
  readonly docs: string;
}
export interface Menus {
  /** Anew: menus of Electron do not change. */
  show(): void;
  setTheme(theme: Theme): void;
  /** Says a refusal in a box; a success shows by itself. */
  tell(answer: DesktopAnswer<unknown>): void;
}

export function createMenus(shell: Shell, parts: MenuParts): Menus {
  const { desk, keeper, window, devTools, docs } = parts;
  const tell = (answer: DesktopAnswer<unknown>) => {
    if (answer.ok) return;
    const { cause, fix } = answer.problem;
    void shell.dialog.showMessageBox(window(), { type: "warning", message: cause, detail: fix });
  };
  const setTheme = (theme: Theme) => {
    shell.nativeTheme.themeSource = theme;
    keeper.change({ theme });
    show();
  };
  const does: MenuDoes = {
    open: () => void desk.pick().then(tell),
    openRecent: (path) => void desk.open(path).then(tell),
    clearRecent: () => {
      keeper.change({ recent: [] });
      show();
    },
    export: (format) => void desk.exportShown(format).then(tell),
    connect: () => void connectCopied(shell, parts).then(tell),
    useLocal: () => void desk.switchEngine(null).then(tell),
    theme: setTheme,
    settings: () =>
      void window()
        .loadURL(settingsUrl)
        .catch(() => {}),
    docs: (name) => void openDocument(shell, join(docs, name)).then(tell),
    page: (id) => void shell.shell.openExternal(helpPages[id]),
  };
  const show = () => {
    const { recent, theme } = keeper.kept;
    const state = { recent, theme, devTools, mac: process.platform === "darwin" };
    shell.Menu.setApplicationMenu(shell.Menu.buildFromTemplate(menuRows(state, does)));
  };
  return { show, setTheme, tell };
}

/** By whatever the system opens such a file with. */
async function openDocument({ shell }: Shell, path: string): Promise<DesktopAnswer<null>> {
  const why = await shell.openPath(path);
  return why === "" ? fine(null) : usage(`${path} cannot be opened: ${why}`, "Open it in an editor.");
}

/** The link is read once, when asked to, and the user sees where it leads before it is used. */
async function connectCopied(shell: Shell, { desk, window }: MenuParts): Promise<DesktopAnswer<unknown>> {
  const text = await shell.clipboard.readText();
  const link = parseRemoteLink(text);
  if (!link)
    return usage("the clipboard holds no link", "Copy the link that `refscope serve` prints, then choose this again.");
  const { response } = await shell.dialog.showMessageBox(window(), {
    type: "question",
    message: `Connect to the engine at ${link.origin}?`,
    detail: "Everything shown is then that engine’s: its processes, its recordings.",
    buttons: ["Connect", "Cancel"],
    cancelId: 1,
  });
  return response === 0 ? desk.switchEngine(text) : fine(null);
}
