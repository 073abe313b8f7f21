// Addresses of an ELF file in, the source lines its debug information has for them out: asked of addr2line or llvm-symbolizer,
// whichever is installed. Next: engine/session/native-lines.ts.
import { spawn } from "node:child_process";
import type { SourceLine } from "../../shared/audit-records.ts";
import type { Milliseconds } from "../../shared/units.ts";

/** By address; the innermost of what was inlined there first. An address without a line is not in it. */
export type Lines = ReadonlyMap<number, readonly SourceLine[]>;
/** Undefined: none of the programs is installed. */
export type Answer = { readonly lines: Lines; readonly complete: boolean } | undefined;

const programs: readonly { readonly name: string; readonly words: (path: string) => readonly string[] }[] = [
  { name: "addr2line", words: (path) => ["-a", "-i", "-f", "-C", "-e", path] },
  {
    name: "llvm-symbolizer",
    words: (path) => ["--output-style=GNU", "-a", "-i", "-f", "-C", `--obj=${path}`],
  },
];
export const symbolizers: readonly string[] = programs.map(({ name }) => name);
/** What one address may answer, times all of them, is far below this; a file made to do more is cut off. */
const mostOutput = 64 * 2 ** 20;
const deepest = 64;

export async function sourceLines(path: string, addresses: readonly number[], limit: Milliseconds): Promise<Answer> {
  for (const { name, words } of programs) {
    const output = await run(name, words(path), addresses.map((at) => `0x${at.toString(16)}\n`).join(""), limit);
    if (output) return { lines: parseLines(output.text), complete: output.complete };
  }
  return undefined;
}

interface Output {
  readonly text: string;
  /** It ended by itself, with nothing to complain about. */
  readonly complete: boolean;
}

/** Undefined when there is no such program. No shell, no network, not longer than `limit`. */
function run(name: string, words: readonly string[], input: string, limit: Milliseconds): Promise<Output | undefined> {
  const { promise, resolve } = Promise.withResolvers<Output | undefined>();
  const parts: Buffer[] = [];
  let bytes = 0;
  const child = spawn(name, words, {
    stdio: ["pipe", "pipe", "ignore"],
    env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C" },
    timeout: limit,
    killSignal: "SIGKILL",
  });
  child.stdout.on("data", (part: Buffer) => {
    bytes += part.length;
    if (bytes > mostOutput) child.kill("SIGKILL");
    else parts.push(part);
  });
  child.stdin.on("error", () => {});
  child.on("error", () => resolve(undefined));
  child.on("close", (code) => resolve({ text: Buffer.concat(parts).toString("utf8"), complete: code === 0 }));
  child.stdin.end(input);
  return promise;
}

/** A line with the address, then two for each function: its name, and its file and line. */
export function parseLines(output: string): Lines {
  const lines = new Map<number, SourceLine[]>();
  let chain: SourceLine[] = [];
  const rows = output.split("\n");
  for (let at = 0; at < rows.length; ) {
    const row = rows[at] ?? "";
    if (/^0x[0-9a-f]+$/.test(row)) {
      chain = [];
      lines.set(Number.parseInt(row, 16), chain);
      at += 1;
      continue;
    }
    const place = placeOf(row, rows[at + 1] ?? "");
    if (place && chain.length < deepest) chain.push(place);
    at += 2;
  }
  return new Map([...lines].filter(([, found]) => found.length > 0));
}

function placeOf(name: string, place: string): SourceLine | undefined {
  const [, file, line] = /^(.+):(\d+)(?: \(discriminator \d+\))?(?::\d+)?$/.exec(place) ?? [];
  if (file === undefined || file === "??" || Number(line) === 0) return undefined;
  return { function: name === "??" ? undefined : name, file, line: Number(line) };
}
