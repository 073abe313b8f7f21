// Electron as it is handed to everything else of this room: only main.ts imports it, so that a test can hand over its own. Next: start.ts.
import type * as Electron from "electron";

export type Shell = Pick<
  typeof Electron,
  | "app"
  | "BrowserWindow"
  | "MessageChannelMain"
  | "Menu"
  | "crashReporter"
  | "clipboard"
  | "dialog"
  | "ipcMain"
  | "nativeTheme"
  | "protocol"
  | "screen"
  | "session"
  | "shell"
  | "utilityProcess"
>;
