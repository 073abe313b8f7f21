// The user's wishes in (menu, dialog, drop, double click), done on the window and the engine out. Next: engine/engine-keeper.ts.

import { basename } from "node:path";
import type { BrowserWindow, MessageChannelMain, OpenDialogOptions, SaveDialogOptions } from "electron";
import { type DesktopAnswer, desktopChannels } from "../shared/desktop-contract.ts";
import { type ExportFormat, exportEndings } from "../shared/export-formats.ts";
import { isRecordingName } from "./arguments.ts";
import type { EngineKeeper } from "./engine/engine-keeper.ts";
import type { Keeper } from "./kept.ts";
import { urlOfComparison, urlOfRecording } from "./origin.ts";
import { fine, usage, wordsOf } from "./words.ts";

export interface DeskParts {
  readonly engines: EngineKeeper;
  readonly keeper: Keeper;
  readonly window: () => BrowserWindow;
  readonly newChannel: () => MessageChannelMain;
  readonly askOpen: (options: OpenDialogOptions) => Promise<{ readonly filePaths: readonly string[] }>;
  readonly askSave: (options: SaveDialogOptions) => Promise<{ readonly filePath?: string | undefined }>;
  /** Menus show the recent recordings, the system's own list too. */
  readonly opened: (path: string) => void;
}
type Told<T> = Promise<DesktopAnswer<T>>;

export class Desk {
  readonly #parts: DeskParts;
  /** Counts connections: what an engine says of one that was given up is nobody's business any more. */
  #turn = 0;
  #shown: string | null = null;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** A port to the present engine for the page of `contents`, as soon as that engine answers. */
  async connect(contents: BrowserWindow["webContents"]): Told<null> {
    const turn = ++this.#turn;
    const isPresent = () => turn === this.#turn && !contents.isDestroyed();
    const engine = this.#parts.engines.present();
    if (!engine.ok) return wordsOf(engine.failure);
    const { port1, port2 } = this.#parts.newChannel();
    const served = await engine.value.serve(port1, () => {
      if (isPresent()) contents.send(desktopChannels.gone);
    });
    if (!served.ok) return wordsOf(served.failure);
    if (isPresent()) contents.postMessage(desktopChannels.port, null, [port2]);
    return fine(null);
  }

  async pick(): Told<string | null> {
    const chosen = await this.#parts.askOpen({
      title: "Open recording",
      properties: ["openFile"],
      filters: [{ name: "Refscope recordings", extensions: ["refscope"] }],
    });
    const [path] = chosen.filePaths;
    return path === undefined ? fine(null) : this.open(path);
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
    return refused && !refused.ok ? refused : fine([...paths]);
  }

  async #take(path: string): Told<string> {
    if (!isRecordingName(path))
      return usage("a recording's name ends in .refscope", "Choose a file that `refscope record` wrote.");
    const { engines, keeper, opened } = this.#parts;
    const done = await engines.open(path);
    if (!done.ok) return done;
    if (await engines.comeHome()) this.#tellGone();
    keeper.addRecent(path);
    opened(path);
    return fine(path);
  }

  #show(url: string): void {
    void this.#parts
      .window()
      .loadURL(url)
      .catch(() => {});
  }

  /** What the page shows, as it says; an export of it is checked like any other. */
  showing(path: string | null): void {
    this.#shown = path;
  }

  exportShown(format: ExportFormat): Told<string | null> {
    if (this.#shown !== null) return this.export(this.#shown, format);
    return Promise.resolve(usage("no recording is shown", "Open one first; what is shown is exported."));
  }

  async export(path: string, format: ExportFormat): Told<string | null> {
    const engine = this.#parts.engines.present();
    if (!engine.ok) return wordsOf(engine.failure);
    const name = `${basename(path).replace(/\.refscope$/i, "")}${exportEndings[format]}`;
    const { filePath } = await this.#parts.askSave({ title: "Export recording", defaultPath: name });
    if (!filePath) return fine(null);
    const done = await engine.value.export(path, filePath, format);
    return done.ok ? fine(filePath) : done;
  }

  /** The name is a stranger's: of it only the last part counts, and the user sees where it goes. */
  async keepOffered(ticket: string, name: string): Told<string | null> {
    const engine = this.#parts.engines.present();
    if (!engine.ok) return wordsOf(engine.failure);
    const { filePath } = await this.#parts.askSave({ title: "Keep recording", defaultPath: basename(name) });
    if (!filePath) return fine(null);
    const done = await engine.value.keepOffered(ticket, filePath);
    return done.ok ? fine(filePath) : done;
  }

  /** Null: this machine's. The page is told and connects anew. */
  async switchEngine(link: string | null): Told<string | null> {
    const { engines } = this.#parts;
    if (link === null) await engines.comeHome();
    else {
      const used = await engines.connect(link);
      if (!used.ok) return wordsOf(used.failure);
    }
    this.#tellGone();
    return fine(engines.url);
  }

  #tellGone(): void {
    this.#turn++;
    this.#parts.window().webContents.send(desktopChannels.gone);
  }
}
