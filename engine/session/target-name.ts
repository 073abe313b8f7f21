// A pid in, a short name for its recording out: its script or module, else what the kernel calls it. Next: library.ts makes a file name of it.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { procPath } from "../preflight/proc.ts";

export function targetName(pid: number): string {
  const words = read(procPath(pid, "cmdline")).split("\0").slice(1);
  return scriptName(words) ?? (read(procPath(pid, "comm")).trim() || "python");
}

/** Of `python -X dev app.py --key …` the `app`; options that take a word of their own are few (Modules/main.c). */
export function scriptName(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "-c") return undefined;
    if (word === "-m") return words[at + 1];
    if (word === "-X" || word === "-W" || word === "--check-hash-based-pycs") at++;
    else if (word !== "" && !word.startsWith("-")) return basename(word).replace(/\.pyc?$/, "");
  }
  return undefined;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
