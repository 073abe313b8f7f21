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
  /** Brought by a page from elsewhere. */
  readonly received: boolean;
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
  /** Not the folder itself: what lies here is a stranger's, whoever owns the file. */
  get receivedFolder(): string {
    return join(this.#folder, "received");
  }

  /** Where a recording without --out goes: `<name>-<pid>-<UTC time>.refscope`; nobody else may look. */
  newPath(name: string, pid: number, now: Date): Result<string> {
    const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
    return this.freePath(this.#folder, `${plainName(name)}-${pid}-${time}`);
  }

  /** A path in one of our folders that nothing has yet; the folder is there afterwards. */
  freePath(folder: string, name: string): Result<string> {
    const made = ownFolder(this.#folder) ?? ownFolder(folder);
    if (made !== undefined) return fail("cannot-write", { path: folder, why: made });
    const base = join(folder, name);
    let path = `${base}${ending}`;
    for (let more = 2; existsSync(path); more++) path = `${base}-${more}${ending}`;
    return ok(path);
  }

  /** The newest first. */
  list(): readonly RecordingFile[] {
    const files = [this.#folder, this.receivedFolder].flatMap((folder) =>
      entries(folder).map((name) => fileAt(join(folder, name), folder !== this.#folder)),
    );
    return files.filter((file) => file !== undefined).toSorted((a, b) => b.changedMs - a.changedMs);
  }

  /** A recording made or opened by this engine may be named again by any door. */
  opened(path: string): void {
    this.#opened.add(canonical(path));
  }

  /** The path, when a door that is not trusted may name it: in our folder itself, or opened here. Links are followed first. */
  allowed(path: string): Result<string> {
    const real = canonical(path);
    return this.#opened.has(real) ? ok(real) : this.kept(path);
  }

  /** The path of a file of the library itself, which may be renamed and removed; one that was only opened may not. */
  kept(path: string): Result<string> {
    const real = canonical(path);
    const folder = canonical(join(real, ".."));
    const ours = [this.#folder, this.receivedFolder].some((one) => canonical(one) === folder);
    return ours && real.endsWith(ending) ? ok(real) : fail("no-recording", { path });
  }

  /** A new file of such a door: a plain name in our folder. */
  allowedNew(path: string): Result<string> {
    const inside = canonical(join(path, "..")) === canonical(this.#folder) && path.endsWith(ending);
    return inside ? ok(resolve(path)) : fail("cannot-write", { path, why: "it is not in the folder of recordings" });
  }
}

/** Why it could not be made; nobody else may look into it. */
function ownFolder(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: ownerOnly });
    chmodSync(folder, ownerOnly);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What a shell, a URL and a file manager take without quotes. */
export const plainName = (name: string): string =>
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

function fileAt(path: string, received: boolean): RecordingFile | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) return undefined;
  return { path, name: basename(path, ending), bytes: stats.size, changedMs: stats.mtimeMs, received };
}

function canonical(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
