// A target in; a way to read the source files that it runs or was built of, as its own user and in its own mount namespace sees them, out. Next: engine/recorder/source-recorder.ts.
import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import type { Pid } from "../../shared/units.ts";
import { languageOf } from "../preflight/source-language.ts";
import type { ReadSource } from "../recorder/source-recorder.ts";

const longestFile = 2 * 2 ** 20;
/** Clock ticks a second in /proc, on every Linux that CPython runs on. */
const ticks = 100;
/** The start of a process is known to a tick, and files have clocks of their own. */
const toleranceMs = 1000;

export interface SourceFiles {
  readonly read: ReadSource;
  close(): void;
}

/** Its root is held open, so that files can be read when the target has ended. */
export function sourceFiles(pid: Pid): SourceFiles {
  const root = attempt(() => openSync(`/proc/${pid}/root`, constants.O_RDONLY | constants.O_DIRECTORY));
  const owner = statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid;
  const startedMs = attempt(() => startOf(pid));
  if (root === undefined || owner === undefined || startedMs === undefined)
    return { read: () => undefined, close: () => {} };
  return {
    read: (file, module) =>
      attempt(() => {
        const builtMs = module === undefined ? startedMs : statSync(seenFrom(root, module)).mtimeMs;
        return readAs(owner, Math.min(startedMs, builtMs), seenFrom(root, file));
      }),
    close: () => closeSync(root),
  };
}

/** Debug information names files as the compiler was given them: `/src/build/../a.c`. */
function seenFrom(root: number, path: string): string {
  if (!path.startsWith("/")) throw new Error("which folder it is in is not known");
  return `/proc/self/fd/${root}${posix.normalize(path)}`;
}

/** What is no source, what the target's user may not read, what is no plain file, and what was changed since, is left. */
function readAs(owner: number, asOfMs: number, file: string): ReturnType<ReadSource> {
  if (languageOf(file) === undefined) return undefined;
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const open = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const { mode, uid, size, mtimeMs } = fstatSync(open);
    const isPlain = (mode & constants.S_IFMT) === constants.S_IFREG && size <= longestFile;
    const mayRead = owner === 0 || uid === owner || (mode & constants.S_IROTH) !== 0;
    if (!isPlain || !mayRead || mtimeMs > asOfMs + toleranceMs) return undefined;
    const bytes = readFileSync(open);
    return { hash: createHash("sha256").update(bytes).digest("hex"), text: bytes.toString("utf8") };
  } finally {
    closeSync(open);
  }
}

function startOf(pid: Pid): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  // Its name, which may have any letter in it, ends with the last parenthesis; field 22 is the start.
  const started = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]) / ticks;
  const uptime = Number(readFileSync("/proc/uptime", "latin1").split(" ")[0]);
  return Date.now() - (uptime - started) * 1000;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
