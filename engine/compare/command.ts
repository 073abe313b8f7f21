// A command as it is typed in, its words out; a Python or a virtual environment in, its interpreter out. Used by runs.ts.
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fail, ok, type Result } from "../../shared/failures.ts";

/** Quotes and backslashes as a shell has them; nothing is expanded and no shell runs. */
export function wordsOf(command: string): Result<readonly string[]> {
  const words: string[] = [];
  const part = /\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+)/gy;
  let end = 0;
  for (const found of command.matchAll(part)) {
    end = found.index + found[0].length;
    words.push(unquoted(found[1] ?? ""));
  }
  if (command.slice(end).trim() !== "") return fail("usage", { what: "--run: a quote is not closed" });
  return words.length === 0 ? fail("usage", { what: "--run: give a command" }) : ok(words);
}

const unquoted = (word: string): string =>
  word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_, double?: string, single?: string, one?: string) =>
    double === undefined ? (single ?? one ?? "") : double.replace(/\\(["\\$`])/g, "$1"),
  );

/** The words after a leading `python` or the like are what the interpreter is given. */
export const withoutPython = (words: readonly string[]): readonly string[] =>
  /(?:^|\/)python[\d.]*$/.test(words[0] ?? "") ? words.slice(1) : words;

export function interpreterOf(path: string): Result<string> {
  const stat = statSync(path, { throwIfNoEntry: false });
  const python = stat?.isDirectory() ? join(path, "bin", "python") : path;
  if (statSync(python, { throwIfNoEntry: false })?.isFile()) return ok(resolve(python));
  return fail("usage", { what: `${path} is no Python and no virtual environment` });
}
