// Words in, what the real command line interface said and its exit code out. Used by the tests of this folder.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly talk: string;
}

const main = resolve(import.meta.dirname, "../../cli/main.ts");
/** Recordings of the tests lie apart from those of who runs them. */
export const home = mkdtempSync(join(tmpdir(), "refscope-cli-"));

export function startCli(words: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const { NO_COLOR: _, FORCE_COLOR: __, ...ours } = process.env;
  return spawn(process.execPath, [main, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...ours, XDG_DATA_HOME: home, ...env },
  });
}

export async function ended(child: ChildProcess): Promise<Said> {
  const [out, talk, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, "close")]);
  return { code, out, talk };
}
export const runCli = (words: readonly string[], env?: Readonly<Record<string, string>>): Promise<Said> =>
  ended(startCli(words, env));

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of stream ?? []) chunks.push(String(chunk));
  return chunks.join("");
}
