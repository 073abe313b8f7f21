// The page's isolated world in, eight functions in its window out. Neither ipcRenderer nor an event of Electron's reaches the page; the
// port to the engine does, as a message of the window to itself. Next: electron/handle.ts answers, renderer/bridge/desktop.ts asks.
import { contextBridge, ipcRenderer, webUtils } from "electron";
import type { DesktopApi, DesktopName } from "../../shared/desktop-contract.ts";

// Written out: importing the contract would bring its schemas into every page.
const call = "refscope:call";
const port = "refscope:port";
const gone = "refscope:gone";

const ask = (name: DesktopName, params: object = {}) => ipcRenderer.invoke(call, name, params);

const api: DesktopApi = {
  connect: () => ask("connect"),
  engine: () => ask("engine"),
  switchEngine: (link) => ask("switchEngine", { link }),
  pickRecording: () => ask("pickRecording"),
  exportRecording: (path, format) => ask("exportRecording", { path, format }),
  recent: () => ask("recent"),
  chooseTheme: (theme) => ask("chooseTheme", { theme }),
  showing: (path) => ask("showing", { path }),
};
contextBridge.exposeInMainWorld("refscopeDesktop", api);

ipcRenderer.on(port, (event) => window.postMessage(port, location.origin, [...event.ports]));
ipcRenderer.on(gone, () => window.postMessage(gone, location.origin));

// A path never passes through the page. What the page takes itself is left to it.
window.addEventListener("dragover", (event) => event.preventDefault());
window.addEventListener("drop", (event) => {
  const [file] = event.dataTransfer?.files ?? [];
  if (event.defaultPrevented || !file) return;
  event.preventDefault();
  const path = webUtils.getPathForFile(file);
  if (path) void ask("dropRecording", { path });
});
