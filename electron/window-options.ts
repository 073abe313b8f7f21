// Nothing in, what every window's page may do out: draw, and call its preload script. Next: window.ts.
import type { WebPreferences } from "electron";

/** Said one by one although most are Electron's defaults: a default can change, and a test reads them here and in the running window. */
export const webPreferences = (preload: string, devTools: boolean): WebPreferences => ({
  preload,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  devTools,
});
