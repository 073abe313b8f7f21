// The page's isolated world in, nine functions in its window out. Neither ipcRenderer nor an event of Electron's reaches the page; the
// port to the engine does, as a message of the window to itself. Next: electron/handle.ts answers, renderer/bridge/desktop.ts asks.
import { contextBridge, ipcRenderer, webUtils } from "electron";
import type { DesktopApi, DesktopName, DroppedMessage } from "../../shared/desktop-contract.ts";

// Written out: importing the contract would bring its schemas into every page.
const call = "refscope:call";
const port = "refscope:port";
const gone = "refscope:gone";
const dropped = "refscope:dropped";
const mostAtOnce = 2;

const ask = (name: DesktopName, params: object = {}) => ipcRenderer.invoke(call, name, params);

const api: DesktopApi = {
  connect: () => ask("connect"),
  engine: () => ask("engine"),
  switchEngine: (link) => ask("switchEngine", { link }),
  pickRecording: () => ask("pickRecording"),
  exportRecording: (path, format) => ask("exportRecording", { path, format }),
  recent: () => ask("recent"),
  chooseTheme: (theme) => ask("chooseTheme", { theme }),
  keepOffered: (ticket, name) => ask("keepOffered", { ticket, name }),
  showing: (path) => ask("showing", { path }),
};
contextBridge.exposeInMainWorld("refscopeDesktop", api);

ipcRenderer.on(port, (event) => window.postMessage(port, location.origin, [...event.ports]));
ipcRenderer.on(gone, () => window.postMessage(gone, location.origin));

// A path never passes through the page. What the page takes itself is left to it.
window.addEventListener("dragover", (event) => event.preventDefault());
window.addEventListener("drop", (event) => {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (event.defaultPrevented || files.length === 0) return;
  event.preventDefault();
  const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== "");
  if (paths.length > 0) void open(paths);
});

async function open(paths: readonly string[]): Promise<void> {
  await ask("dropRecordings", { paths: paths.slice(0, mostAtOnce) });
  const told: DroppedMessage = { kind: dropped, left: Math.max(0, paths.length - mostAtOnce) };
  window.postMessage(told, location.origin);
}
