// Nothing in, an Electron that does nothing but keep what it is asked for out: the main process runs over it under plain Node, and a test
// answers its dialogs, clicks its menus and sends what a page would. Used by the tests of this room.
import { EventEmitter } from "node:events";
import type { MenuItemConstructorOptions } from "electron";

export class Contents extends EventEmitter {
  readonly sent: unknown[][] = [];
  readonly mainFrame: { parent: null; url: string } = { parent: null, url: "" };
  reloads = 0;
  opens: (asked: { url: string }) => unknown = () => undefined;
  setWindowOpenHandler(opens: (asked: { url: string }) => unknown): void {
    this.opens = opens;
  }
  isDestroyed = () => false;
  send = (...words: unknown[]) => void this.sent.push(words);
  postMessage = (...words: unknown[]) => void this.sent.push(words);
  reload = () => void this.reloads++;
  closeDevTools(): void {}
}

export class Window extends EventEmitter {
  readonly webContents = new Contents();
  /** What was done to it, in order. */
  readonly done: string[] = [];
  readonly options: Record<string, unknown>;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
  }
  show = () => void this.done.push("show");
  maximize = () => void this.done.push("maximize");
  focus = () => void this.done.push("focus");
  restore = () => void this.done.push("restore");
  isMinimized = () => true;
  isMaximized = () => true;
  isDestroyed = () => false;
  getNormalBounds = () => ({ x: 7, y: 8, width: 900, height: 700 });
  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url;
  }
}

/** The engine's process: it is ready at once, opens every file but those named `damaged`, and keeps what it was sent. */
export class Engine extends EventEmitter {
  readonly stderr = new EventEmitter();
  readonly got: Record<string, unknown>[] = [];
  constructor() {
    super();
    queueMicrotask(() => this.emit("message", { kind: "ready" }));
  }
  postMessage(message: Record<string, unknown>): void {
    this.got.push(message);
    if (message["kind"] === "close") this.emit("exit", 0);
    if (message["kind"] !== "ask") return;
    const bad = JSON.stringify(message).includes("damaged");
    const problem = bad ? { code: "bad-recording", cause: "it is damaged", fix: "Salvage it." } : null;
    queueMicrotask(() => this.emit("message", { kind: "done", id: message["id"], problem }));
  }
  kill = () => this.emit("exit", 9);
}

interface Kept {
  menu: MenuItemConstructorOptions[];
  readonly recent: string[];
  quits: number;
  clipboard: string;
  /** The button that is pressed. */
  response: number;
}
/** Of dialogs that ask for files. */
interface Answers {
  open: readonly string[];
  save: string;
}
type Call = (event: unknown, name: string, params: object) => Promise<unknown>;

export function stubShell(folder: string, packaged = false) {
  const windows: Window[] = [];
  const engines: Engine[] = [];
  const told: { message: string; detail: string }[] = [];
  const outside: string[] = [];
  const handlers: Record<string, unknown> = {};
  const kept: Kept = { menu: [], recent: [], quits: 0, clipboard: "", response: 0 };
  const answers: Answers = { open: [], save: "" };
  const channels: Record<string, Call> = {};
  const app = Object.assign(new EventEmitter(), {
    isPackaged: packaged,
    requestSingleInstanceLock: () => true,
    enableSandbox: () => void Object.assign(handlers, { sandbox: true }),
    whenReady: () => Promise.resolve(),
    getAppPath: () => folder,
    getPath: () => folder,
    quit: () => void kept.quits++,
    addRecentDocument: (path: string) => void kept.recent.push(path),
  });
  const keep = (name: string) => (given: unknown) => void Object.assign(handlers, { [name]: given });
  const own = {
    setPermissionRequestHandler: keep("permission"),
    setPermissionCheckHandler: keep("check"),
    setDevicePermissionHandler: keep("device"),
    setDisplayMediaRequestHandler: keep("display"),
    on: (name: string, given: unknown) => void Object.assign(handlers, { [name]: given }),
    webRequest: { onBeforeRequest: keep("request") },
  };
  const parts = {
    app,
    BrowserWindow: class extends Window {
      constructor(options: Record<string, unknown>) {
        super(options);
        windows.push(this);
        app.emit("web-contents-created", {}, this.webContents);
      }
    },
    MessageChannelMain: class {
      port1 = new EventEmitter();
      port2 = new EventEmitter();
    },
    Menu: {
      buildFromTemplate: (rows: MenuItemConstructorOptions[]) => rows,
      setApplicationMenu(rows: MenuItemConstructorOptions[]) {
        kept.menu = rows;
      },
    },
    clipboard: { readText: () => kept.clipboard },
    crashReporter: { start: keep("crashes") },
    dialog: {
      showMessageBox: async (_window: unknown, box: { message: string; detail: string }) => {
        told.push(box);
        return { response: kept.response };
      },
      showErrorBox: (message: string, detail: string) => void told.push({ message, detail }),
      showOpenDialog: async () => ({ filePaths: answers.open }),
      showSaveDialog: async () => ({ filePath: answers.save }),
    },
    ipcMain: { handle: (channel: string, call: Call) => Object.assign(channels, { [channel]: call }) },
    nativeTheme: { themeSource: "system", shouldUseDarkColors: false },
    protocol: { registerSchemesAsPrivileged: keep("schemes"), handle: keep("pages") },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: { defaultSession: own },
    shell: {
      openExternal: async (url: string) => void outside.push(url),
      async openPath(path: string) {
        outside.push(path);
        return "";
      },
    },
    utilityProcess: {
      fork: () => {
        const engine = new Engine();
        engines.push(engine);
        return engine;
      },
    },
  };
  // Only as much of its type as a test looks at; `start` is handed all of it.
  const shell: { readonly nativeTheme: { themeSource: string } } = parts;
  return { shell, app, windows, engines, told, outside, handlers, kept, answers, channels };
}
