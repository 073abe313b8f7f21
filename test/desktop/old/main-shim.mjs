// The modules of an Electron of 2020 in, those that electron/ expects of today's out: what it lacks is made of what it has. Bundled in
// place of `electron` for the tests only. Next: electron/main.ts.
import { EventEmitter } from "node:events";
import { performance as clock } from "node:perf_hooks";
import "./page-shim.mjs";

const real = require("electron");
globalThis.performance ??= clock;
globalThis.Response ??= class {
  constructor(bytes, { status, headers }) {
    Object.assign(this, { bytes, status, headers });
  }
};

class Port extends EventEmitter {
  #waiting = [];
  #started = false;
  peer = undefined;
  remote = undefined;
  postMessage(data) {
    this.peer.deliver(data);
  }
  deliver(data) {
    if (this.remote) this.remote(data);
    else if (this.#started) this.emit("message", { data });
    else this.#waiting.push(data);
  }
  start() {
    this.#started = true;
    for (const data of this.#waiting.splice(0)) this.emit("message", { data });
  }
  close() {
    this.peer.emit("close");
  }
}
export class MessageChannelMain {
  port1 = new Port();
  port2 = new Port();
  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}

const ports = new Map();
real.ipcMain.on("shim:text", (_event, number, text) => ports.get(number)?.postMessage(text));

/** Chromium's own sandbox does not start as root; each window still asks for it. */
if (process.getuid() === 0) real.app.enableSandbox = () => {};

/** Registered before any listener of ours. */
real.app.on("web-contents-created", (_event, contents) => {
  const on = contents.on.bind(contents);
  const withUrl = ["will-navigate", "will-redirect"];
  contents.on = (name, listener) =>
    on(name, withUrl.includes(name) ? (event, url) => listener(Object.assign(event, { url })) : listener);
  contents.setWindowOpenHandler = (decide) =>
    on("new-window", (event, url) => decide({ url }).action === "deny" && event.preventDefault());
  contents.postMessage = (channel, _message, [port]) => {
    const number = ports.size + 1;
    ports.set(number, port);
    port.remote = (text) => !contents.isDestroyed() && contents.send("shim:text", number, text);
    contents.send("shim:port", channel, number);
  };
  const frame = {
    parent: null,
    get url() {
      return contents.getURL();
    },
  };
  Object.defineProperty(contents, "mainFrame", { value: frame });
});

export const { app, BrowserWindow, clipboard, dialog, Menu, nativeTheme, screen, shell } = real;
export const utilityProcess = undefined;
/** The one of 2020 asks for an address to send to. */
export const crashReporter = { start: () => {} };
export const ipcMain = {
  handle: (channel, listener) =>
    real.ipcMain.handle(channel, (event, ...words) =>
      listener({ sender: event.sender, senderFrame: event.sender.mainFrame }, ...words),
    ),
};
export const protocol = {
  registerSchemesAsPrivileged: (schemes) => real.protocol.registerSchemesAsPrivileged(schemes),
  handle: (scheme, answer) =>
    real.protocol.registerBufferProtocol(scheme, async (request, done) => {
      const { bytes, status, headers } = await answer(request);
      const [mimeType, charset] = headers["Content-Type"].split("; charset=");
      done({ statusCode: status, headers, mimeType, charset, data: Buffer.from(bytes) });
    }),
};
export const session = {
  get defaultSession() {
    const own = real.session.defaultSession;
    own.setDevicePermissionHandler ??= () => {};
    own.setDisplayMediaRequestHandler ??= () => {};
    return own;
  },
};
