// The user's wishes in (menu, dialog, drop, double click), done on the window and the engine out. Next: engine/engine-keeper.ts.

import { basename } from "node:path";
import type { BrowserWindow, MessageChannelMain, OpenDialogOptions, SaveDialogOptions } from "electron";
import { type DesktopAnswer, desktopChannels } from "../shared/desktop-contract.ts";
import type { ExportFormat } from "../shared/export-formats.ts";
import { failure, type Result } from "../shared/failures.ts";
import { isRecordingName } from "./arguments.ts";
import type { EngineKeeper } from "./engine/engine-keeper.ts";
import { exportEnding } from "./export-endings.ts";
import type { Keeper } from "./kept.ts";
import { urlOfComparison, urlOfRecording } from "./origin.ts";

export interface DeskParts {
  readonly engines: EngineKeeper;
  readonly keeper: Keeper;
  readonly window: () => BrowserWindow;
  readonly newChannel: () => MessageChannelMain;
  readonly askOpen: (options: OpenDialogOptions) => Promise<{ readonly filePaths: readonly string[] }>;
  readonly askSave: (options: SaveDialogOptions) => Promise<{ readonly filePath?: string | undefined }>;
  /** The menu shows the recent recordings. */
  readonly recentChanged: () => void;
}
type Told<T> = Promise<DesktopAnswer<T>>;

export class Desk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** A port to the present engine for the page of `contents`; each page has its own. */
  connect(contents: BrowserWindow["webContents"]): DesktopAnswer<null> {
    const engine = this.#parts.engines.present();
    if (!engine.ok) return told(engine);
    const { port1, port2 } = this.#parts.newChannel();
    engine.value.serve(port1, () => {
      if (!contents.isDestroyed()) contents.send(desktopChannels.gone);
    });
    contents.postMessage(desktopChannels.port, null, [port2]);
    return { ok: true, value: null };
  }

  async pick(): Told<string | null> {
    const chosen = await this.#parts.askOpen({
      title: "Open recording",
      properties: ["openFile"],
      filters: [{ name: "Refscope recordings", extensions: ["refscope"] }],
    });
    const [path] = chosen.filePaths;
    return path === undefined ? { ok: true, value: null } : this.open(path);
  }

  /** A file from anywhere: the engine reads it with mistrust, and only then a page may name it. */
  async open(path: string): Told<string> {
    const taken = await this.#take(path);
    if (taken.ok) this.#show(urlOfRecording(path));
    return taken;
  }

  /** Two are compared. What could be opened is shown, and the refusal of the other one told. */
  async openDropped(paths: readonly string[]): Told<string[]> {
    const answers = await Promise.all(paths.map((path) => this.#take(path)));
    const [a, b] = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
    if (a !== undefined) this.#show(b === undefined ? urlOfRecording(a) : urlOfComparison(a, b));
    const refused = answers.find((answer) => !answer.ok);
    return refused && !refused.ok ? refused : { ok: true, value: [...paths] };
  }

  async #take(path: string): Told<string> {
    if (!isRecordingName(path)) return usage("a recording's name ends in .refscope");
    const { engines, keeper } = this.#parts;
    const engine = engines.local();
    if (!engine.ok) return told(engine);
    const opened = await engine.value.open(path);
    if (!opened.ok) return opened;
    if (await engines.leaveRemote()) this.#tellGone();
    keeper.addRecent(path);
    this.#parts.recentChanged();
    return { ok: true, value: path };
  }

  #show(url: string): void {
    void this.#parts
      .window()
      .loadURL(url)
      .catch(() => {});
  }

  async export(path: string, format: ExportFormat): Told<string | null> {
    const engine = this.#parts.engines.present();
    if (!engine.ok) return told(engine);
    const name = `${basename(path, ".refscope")}${exportEnding[format]}`;
    const { filePath } = await this.#parts.askSave({ title: "Export recording", defaultPath: name });
    if (!filePath) return { ok: true, value: null };
    const done = await engine.value.export(path, filePath, format);
    return done.ok ? { ok: true, value: filePath } : done;
  }

  /** Null: this machine's. The page is told and connects anew. */
  async switchEngine(link: string | null): Told<string | null> {
    const { engines } = this.#parts;
    if (link === null) await engines.leaveRemote();
    else {
      const used = await engines.connect(link);
      if (!used.ok) return told(used);
    }
    this.#tellGone();
    const now = engines.present();
    return now.ok ? { ok: true, value: now.value.url } : told(now);
  }

  #tellGone(): void {
    this.#parts.window().webContents.send(desktopChannels.gone);
  }
}

function told(result: Result<unknown>): DesktopAnswer<never> {
  if (result.ok) throw new Error("a success is no refusal");
  const { code, cause, fix } = result.failure;
  return { ok: false, problem: { code, cause, fix } };
}

const usage = (what: string): DesktopAnswer<never> => {
  const { code, cause, fix } = failure("usage", { what });
  return { ok: false, problem: { code, cause, fix } };
};
