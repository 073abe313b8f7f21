// Keys that are pressed in a terminal in, calls out; the terminal is given back as it was, whatever ends us. Used by following.ts.
import { readFileSync } from "node:fs";

const [interrupt, suspend, quit] = ["\x03", "\x1a", "\x1c"];
/** In raw mode the terminal makes no signals of these; so that they still do what they always do, we make them. */
const signals: Readonly<Record<string, NodeJS.Signals>> = {
  [interrupt]: "SIGINT",
  [suspend]: "SIGTSTP",
  [quit]: "SIGQUIT",
};

export class Keys {
  readonly #onKey: (key: string) => void;
  readonly #onData = (data: Buffer) => this.#hear(data.toString());
  readonly #onExit = () => this.#release();
  readonly #onContinue = () => this.#take();
  #taken = false;

  constructor(onKey: (key: string) => void) {
    this.#onKey = onKey;
    if (!process.stdin.isTTY) return;
    process.once("exit", this.#onExit).on("SIGCONT", this.#onContinue);
    this.#take();
  }

  close(): void {
    process.off("exit", this.#onExit).off("SIGCONT", this.#onContinue);
    this.#release();
  }

  /** Not in the background: a shell's terminal stops who changes its mode from there. */
  #take(): void {
    if (this.#taken || !inForeground()) return;
    this.#taken = true;
    process.stdin.setRawMode(true).on("data", this.#onData).resume();
  }

  #release(): void {
    if (!this.#taken) return;
    this.#taken = false;
    process.stdin.off("data", this.#onData).setRawMode(false).pause();
  }

  #hear(text: string): void {
    for (const key of text) {
      const signal = signals[key];
      if (signal === undefined) this.#onKey(key);
      else if (signal === "SIGTSTP") this.#release();
      if (signal !== undefined) process.kill(process.pid, signal);
    }
  }
}

/** Our process group is the one that the terminal belongs to: fields 5 and 8 of /proc/PID/stat. */
function inForeground(): boolean {
  try {
    const stat = readFileSync("/proc/self/stat", "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[2] === fields[5];
  } catch {
    return false;
  }
}
