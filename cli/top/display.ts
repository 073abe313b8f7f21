// Lines once a second in; on a terminal a screen of its own that is drawn over, elsewhere a block after the other. Next: the user.
import type { Size } from "./screen.ts";

export interface Display {
  readonly size: Size;
  show(lines: readonly string[]): void;
  /** Resolves when the user asks for the end with a key. */
  readonly quit: Promise<void>;
  close(): void;
}

/** Of a pipe: enough for everything, and lines that nobody has to wrap. */
const wide: Size = { columns: 160, rows: 60 };
const small: Size = { columns: 80, rows: 24 };

export const openDisplay = (interactive: boolean): Display => (interactive ? new Screen() : new Blocks());

class Blocks implements Display {
  readonly size = wide;
  readonly quit = new Promise<void>(() => {});
  #shown = false;

  show(lines: readonly string[]): void {
    process.stdout.write(`${this.#shown ? "\n" : ""}${lines.join("\n")}\n`);
    this.#shown = true;
  }
  close(): void {}
}

// xterm's control sequences: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
const enter = "\x1b[?1049h\x1b[?25l";
const leave = "\x1b[?25h\x1b[?1049l";
/** Written over line by line in one piece, never cleared first: nothing flickers. Terminals that know 2026 draw it at once. */
const frame = (lines: readonly string[]) =>
  `\x1b[?2026h\x1b[H${lines.map((line) => `${line}\x1b[K`).join("\r\n")}\x1b[J\x1b[?2026l`;
const interrupt = "\x03";

class Screen implements Display {
  readonly quit: Promise<void>;
  readonly #onExit = () => this.close();
  readonly #onKey: (key: Buffer) => void;
  #last: readonly string[] = [];
  #open = true;

  constructor() {
    const asked = Promise.withResolvers<void>();
    this.quit = asked.promise;
    this.#onKey = (key) => {
      const text = key.toString();
      if (text === "q" || text === "Q" || text === interrupt) asked.resolve();
    };
    process.stdout.write(enter);
    // However we end, the terminal is given back as it was.
    process.once("exit", this.#onExit);
    if (!process.stdin.isTTY) return;
    process.stdin.setRawMode(true).on("data", this.#onKey).resume();
  }

  get size(): Size {
    return { columns: process.stdout.columns || small.columns, rows: process.stdout.rows || small.rows };
  }

  show(lines: readonly string[]): void {
    this.#last = lines;
    process.stdout.write(frame(lines.slice(0, this.size.rows)));
  }

  /** The last picture stays, on the ordinary screen. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    process.off("exit", this.#onExit);
    if (process.stdin.isTTY) process.stdin.off("data", this.#onKey).setRawMode(false).pause();
    process.stdout.write(`${leave}${this.#last.join("\n")}\n`);
  }
}
