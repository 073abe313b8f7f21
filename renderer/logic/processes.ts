// Processes in; in which order and how deep the picker has them, and in words why one cannot be recorded, out. Next: views/processes.
import type { SeenProcess } from "../../shared/process-list.ts";
import { counted } from "./format.ts";

export interface ListedProcess extends SeenProcess {
  /** Below its parent, which is listed too. */
  readonly depth: number;
  /** How many of those that are listed it has started itself. */
  readonly children: number;
}

/** What can be recorded first; below each process those that it has started. */
export function listed(rows: readonly SeenProcess[]): readonly ListedProcess[] {
  const pids = new Set(rows.map(({ pid }) => pid));
  const below = Map.groupBy(rows, ({ parent, pid }) =>
    parent !== null && parent !== pid && pids.has(parent) ? parent : 0,
  );
  const hasReady = (row: SeenProcess): boolean => row.attachable === true || (below.get(row.pid) ?? []).some(hasReady);
  const from = (parent: number, depth: number): readonly ListedProcess[] =>
    (below.get(parent) ?? [])
      .toSorted((a, b) => Number(hasReady(b)) - Number(hasReady(a)))
      .flatMap((row) => [{ ...row, depth, children: below.get(row.pid)?.length ?? 0 }, ...from(row.pid, depth + 1)]);
  const tree = from(0, 0);
  const found = new Set(tree.map(({ pid }) => pid));
  // A pid that was given anew while the list was read can make a circle of parents.
  const lost = rows.filter(({ pid }) => !found.has(pid)).map((row) => ({ ...row, depth: 0, children: 0 }));
  return [...tree, ...lost];
}

export function headline(rows: readonly SeenProcess[]): string {
  const ready = rows.filter((row) => row.attachable).length;
  if (rows.length === 0) return "No Python process is running";
  const found = counted(rows.length, "Python process", "Python processes");
  if (ready === rows.length) return `${found}, ${ready === 1 ? "ready to be recorded" : "all ready to be recorded"}`;
  return `${found}, ${ready === 0 ? "none" : ready} can be recorded`;
}

/** Short enough for a cell; its cause and what helps stand in the checks. */
export function obstacle({ reason, user, mine, build, python }: SeenProcess): string {
  if (reason === null) return "not possible";
  switch (reason.code) {
    case "ptrace-denied":
      return mine === false ? `belongs to ${user}` : "tracing not allowed";
    case "not-python":
      return "no Python in it";
    case "pypy":
      return "PyPy, not CPython";
    case "unknown-version":
      return python === null ? "version not readable" : `Python ${python} not supported`;
    case "layout-mismatch":
      return "unusual build";
    case "unsupported-build":
      return build.includes("free-threaded") ? "free-threaded build" : "unsupported build";
    case "unsupported-machine":
      return reason.cause.includes("32-bit") ? "32-bit program" : "other kind of machine";
    default:
      return others[reason.code] ?? reason.code;
  }
}

const others: Readonly<Record<string, string>> = {
  "no-such-process": "has just ended",
  zombie: "has ended",
  stopped: "is stopped",
  traced: "already traced",
  "foreign-agent": "another tool is in it",
  "already-recorded": "being recorded",
  "remote-debug-disabled": "debugging switched off",
  "no-proc": "no /proc in it",
  "other-namespace": "in another namespace",
};

/** Seconds since it was started; undefined where that is not known. */
export function uptime(startedAt: string | null, now: number): number | undefined {
  const began = startedAt === null ? Number.NaN : Date.parse(startedAt);
  return Number.isNaN(began) ? undefined : Math.max(0, (now - began) / 1000);
}

const onlyMine = "mine:yes";
const wordsOf = (filter: string) => filter.split(/\s+/).filter((word) => word !== "");
export const isOnlyMine = (filter: string): boolean => wordsOf(filter).includes(onlyMine);
export function withMine(filter: string, on: boolean): string {
  const rest = wordsOf(filter).filter((word) => word !== onlyMine);
  return (on ? [...rest, onlyMine] : rest).join(" ");
}
