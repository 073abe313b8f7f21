// A sentence of the engine in, the same with its commands, which it has between backticks, as code out. Next: parts/States.tsx.
import { code, type Sentence, words } from "./finding.ts";

export function withCommands(text: string): Sentence {
  const parts = text.split("`");
  // One backtick alone begins nothing.
  if (parts.length % 2 === 0) return [words(text)];
  return parts.map((part, at) => (at % 2 === 0 ? words(part) : code(part))).filter((part) => part.text !== "");
}
