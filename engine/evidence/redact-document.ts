// A document about a recording and a level in; the same without what the level takes out of a recording, out. Used by engine/report's Markdown for
// bug reports. Equal secrets stay equal within one document.
import { type RedactionLevel, TextRedactor, type TextRole } from "./redact-texts.ts";

/** What a member of any document holds; anything else is a name. */
const roles: Readonly<Record<string, TextRole>> = {
  ...{ executable: "path", file: "path", module: "path", path: "path", site: "path" },
  ...{
    command: "command",
    cause: "text",
    evidence: "text",
    notObserved: "text",
    why: "text",
    fix: "text",
    what: "text",
  },
};
/** Exceptions say what the program works on. */
const leftOut: readonly string[] = ["message"];
/** In lists of these, `name` is a thread's. */
const ofThreads: readonly string[] = ["threads", "waiters", "blame", "longHolds", "convoys"];

export function redactDocument(document: unknown, level: RedactionLevel): unknown {
  const redactor = new TextRedactor(level);
  const walk = (value: unknown, key: string, role: TextRole): unknown => {
    if (typeof value === "string") return redactor.redact(value, role);
    if (Array.isArray(value)) return value.map((part) => walk(part, key, role));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [
        name,
        leftOut.includes(name) ? null : walk(part, name, roleOf(name, key)),
      ]),
    );
  };
  return walk(document, "", "name");
}

const roleOf = (name: string, within: string): TextRole =>
  name === "name" && ofThreads.includes(within) ? "thread" : (roles[name] ?? "name");
