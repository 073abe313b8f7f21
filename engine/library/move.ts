// Two paths in; the recording at the first, with what lies beside it, at the second out. Nothing is ever overwritten. Used by shelf.ts.
import { existsSync, linkSync, renameSync, rmSync } from "node:fs";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { errorCode } from "../store/sqlite.ts";

/** A recording whose recorder was killed has its last rows in the log. */
const beside = ["-wal", "-shm", "-journal", ""] as const;

/** Each has its new name before the old ones go, so that no moment shows a recording without its log. */
export function moveRecording(from: string, to: string): Result<void> {
  const there = beside.filter((ending) => existsSync(from + ending));
  const linked: string[] = [];
  try {
    for (const ending of there) {
      linkSync(from + ending, to + ending);
      linked.push(to + ending);
    }
    for (const ending of there.toReversed()) rmSync(from + ending);
    return ok(undefined);
  } catch (error) {
    for (const path of linked) if (existsSync(from + path.slice(to.length))) rmSync(path, { force: true });
    const code = errorCode(error) ?? "";
    if (code === "EEXIST") return fail("cannot-write", { path: to, why: "something of that name is there" });
    // Some file systems know no second name.
    if (["EPERM", "ENOTSUP", "EOPNOTSUPP", "EMLINK"].includes(code)) return renamed(from, to, there);
    return fail("cannot-write", { path: to, why: error instanceof Error ? error.message : String(error) });
  }
}

function renamed(from: string, to: string, endings: readonly string[]): Result<void> {
  if (endings.some((ending) => existsSync(to + ending)))
    return fail("cannot-write", { path: to, why: "something of that name is there" });
  try {
    for (const ending of endings) renameSync(from + ending, to + ending);
    return ok(undefined);
  } catch (error) {
    return fail("cannot-write", { path: to, why: error instanceof Error ? error.message : String(error) });
  }
}

export function deleteRecording(path: string): void {
  for (const ending of beside) rmSync(path + ending, { force: true });
}
