// A text of a recording and what it names in; the same without what the level takes out, out. Equal secrets stay equal within one file. Used by redact.ts.
import { createHmac, randomBytes } from "node:crypto";
import type { redactionLevels } from "../../shared/evidence-documents.ts";
import { maskName, maskPath, maskText } from "../preflight/mask.ts";
import { shortened } from "../recorder/privacy.ts";

export type RedactionLevel = (typeof redactionLevels)[number];
export type TextRole = "path" | "name" | "thread" | "text" | "command";

const starred = "***";
const shownDigits = 8;
/** Whose machine it was: the home of anybody, wherever the file comes from. */
const homes = /(^|[^\w/.-])(?:\/home\/[^/\s:;,'"]+|\/Users\/[^/\s:;,'"]+|\/root)(?=$|[/\s:;,'"])/g;

export class TextRedactor {
  readonly #level: RedactionLevel;
  /** Kept nowhere: nobody can try out what a hash stands for. */
  readonly #salt = randomBytes(32);

  constructor(level: RedactionLevel) {
    this.#level = level;
  }

  redact(text: string, role: TextRole): string {
    switch (role) {
      case "name":
        return maskName(text, this.#hide);
      case "path":
        return this.#path(text);
      case "thread":
        return this.#level === "minimal" && text !== "" ? `thread ${this.#hash(text)}` : this.#text(text);
      case "command":
        return this.#level === "minimal" ? "" : this.#text(text);
      case "text":
        return this.#text(text);
      default:
        return role satisfies never;
    }
  }

  #path(path: string): string {
    const masked = maskPath(path, this.#hide);
    return this.#level === "minimal" ? shortened(masked) : masked.replace(homes, "$1~");
  }
  #text(text: string): string {
    return maskText(text, { homes: [], hide: this.#hide }).replace(homes, "$1~");
  }
  readonly #hide = (secret: string): string => starred + this.#hash(secret);
  #hash(text: string): string {
    return createHmac("sha256", this.#salt).update(text).digest("hex").slice(0, shownDigits);
  }
}
