// Names and paths of recordings: where new ones go, which there are, and which of them a door that is not trusted may name.
// Next: engine.ts.
import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fail, ok, type Result } from "../../shared/failures.ts";

const ending = ".refscope";
const ownerOnly = 0o700;
const longestName = 60;

/** XDG Base Directory Specification: data of the user that no program can make again. */
export function libraryFolder(env: NodeJS.ProcessEnv = process.env): string {
  const data = env["XDG_DATA_HOME"]?.startsWith("/") ? env["XDG_DATA_HOME"] : join(homedir(), ".local", "share");
  return join(data, "refscope", "recordings");
}

export interface RecordingFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly changedMs: number;
}

export class Library {
  readonly #folder: string;
  /** Given by the user to a door that is trusted. */
  readonly #opened = new Set<string>();

  constructor(folder: string = libraryFolder()) {
    this.#folder = folder;
  }

  get folder(): string {
    return this.#folder;
  }

  /** Where a recording without --out goes: `<name>-<pid>-<UTC time>.refscope`; nobody else may look. */
  newPath(name: string, pid: number, now: Date): Result<string> {
    try {
      mkdirSync(this.#folder, { recursive: true, mode: ownerOnly });
      chmodSync(this.#folder, ownerOnly);
    } catch (error) {
      return fail("cannot-write", { path: this.#folder, why: error instanceof Error ? error.message : String(error) });
    }
    const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
    const base = join(this.#folder, `${plainName(name)}-${pid}-${time}`);
    let path = `${base}${ending}`;
    for (let more = 2; existsSync(path); more++) path = `${base}-${more}${ending}`;
    return ok(path);
  }

  /** The newest first. */
  list(): readonly RecordingFile[] {
    const files = entries(this.#folder).map((name) => fileAt(join(this.#folder, name)));
    return files.filter((file) => file !== undefined).toSorted((a, b) => b.changedMs - a.changedMs);
  }

  /** A recording made or opened by this engine may be named again by any door. */
  opened(path: string): void {
    this.#opened.add(canonical(path));
  }

  /** The path, when a door that is not trusted may name it: in our folder itself, or opened here. Links are followed first. */
  allowed(path: string): Result<string> {
    const real = canonical(path);
    if (this.#opened.has(real) || (real.endsWith(ending) && canonical(join(real, "..")) === canonical(this.#folder)))
      return ok(real);
    return fail("no-recording", { path });
  }

  /** A new file of such a door: a plain name in our folder. */
  allowedNew(path: string): Result<string> {
    const inside = canonical(join(path, "..")) === canonical(this.#folder) && path.endsWith(ending);
    return inside ? ok(resolve(path)) : fail("cannot-write", { path, why: "it is not in the folder of recordings" });
  }
}

/** What a shell, a URL and a file manager take without quotes. */
const plainName = (name: string): string =>
  name
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[-.]+/, "")
    .slice(0, longestName) || "python";

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(ending));
  } catch {
    return [];
  }
}

function fileAt(path: string): RecordingFile | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) return undefined;
  return { path, name: basename(path, ending), bytes: stats.size, changedMs: stats.mtimeMs };
}

function canonical(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
