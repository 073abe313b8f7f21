// What a verb says in, the two streams out: results on stdout, talk on stderr. Next: the user, or a pipe.
import { styleText } from "node:util";
import type { ErrorDocument } from "../shared/documents.ts";
import { safe } from "./text/safe.ts";
import { cut } from "./text/table.ts";

export interface TerminalOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}
type Style = "bold" | "dim" | "red" | "green" | "yellow";

export class Terminal {
  readonly options: TerminalOptions;
  #progressShown = false;

  constructor(options: TerminalOptions) {
    this.options = options;
  }

  /** Columns to cut at; undefined when stdout is no terminal. */
  get width(): number | undefined {
    return process.stdout.isTTY ? process.stdout.columns : undefined;
  }
  /** Somebody sits there who can press Ctrl-C. */
  get interactive(): boolean {
    return process.stdout.isTTY === true && process.stderr.isTTY === true;
  }

  result(text: string): void {
    this.#clearProgress();
    process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  }

  document(document: { readonly schema: string }): void {
    this.result(JSON.stringify(document, null, 2));
  }

  talk(line: string): void {
    if (this.options.quiet) return;
    this.#clearProgress();
    process.stderr.write(`${line}\n`);
  }

  /** One line that is written over on a terminal; nothing elsewhere. */
  progress(line: string): void {
    if (this.options.quiet || !process.stderr.isTTY) return;
    this.#progressShown = true;
    process.stderr.write(`\r\x1b[K${cut(line, (process.stderr.columns || 80) - 1)}`);
  }

  /** The one line of an error. `asDocument`: with --json the error is the result as well. */
  complain(
    failure: { readonly code: string; readonly cause: string; readonly fix: string },
    asDocument: boolean,
  ): void {
    this.#clearProgress();
    const line = `refscope: ${failure.code}: ${sentence(failure.cause)} ${sentence(failure.fix)}`;
    process.stderr.write(`${line.trimEnd()}\n`);
    if (!asDocument || !this.options.json) return;
    const { code, cause, fix } = failure;
    const document: ErrorDocument = { schema: "refscope.error/1", code, cause, fix };
    this.document(document);
  }

  style(style: Style, text: string): string {
    return this.options.color ? styleText(style, text, { validateStream: false }) : text;
  }

  #clearProgress(): void {
    if (this.#progressShown) process.stderr.write("\r\x1b[K");
    this.#progressShown = false;
  }
}

function sentence(text: string): string {
  const one = safe(text.replace(/\s*\n\s*/g, " ").trim());
  return one === "" || /[.!?]$/.test(one) ? one : `${one}.`;
}

/** NO_COLOR (no-color.org) wins over FORCE_COLOR, as --no-color wins over both. */
export function wantsColor(wanted: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (!wanted || (NO_COLOR ?? "") !== "") return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return process.stdout.isTTY === true && TERM !== "dumb";
}
