// A stranger's file in; its row in the list of recordings out, from what was seen of it in a process that can be killed. Used by shelf.ts.
import { lstatSync } from "node:fs";
import type { Report, SessionRow } from "../../shared/documents.ts";
import type { Result } from "../../shared/failures.ts";
import { sumOf, unknownSession } from "../queries.ts";
import type { RecordingFile } from "../session/library.ts";
import type { Seen } from "./notes.ts";

export type Looker = (path: string) => Promise<Result<Report>>;

const longest = 512;

export function identityOf(path: string): string {
  const { ino, size, mtimeMs } = lstatSync(path, { throwIfNoEntry: false }) ?? {};
  return [ino, size, mtimeMs].join(" ");
}

/** `certain`: not because it took too long, or was ended by the engine's end. */
export async function lookedAt(
  path: string,
  look: Looker,
): Promise<{ readonly seen: Seen; readonly certain: boolean }> {
  const identity = identityOf(path);
  const told = await look(path);
  if (told.ok) return { seen: seenIn(told.value, identity), certain: true };
  const { code, cause } = told.failure;
  return {
    seen: { identity, status: "unreadable", ...unknownSession, problem: cause },
    certain: code !== "recording-stalls",
  };
}

function seenIn({ target, recording }: Report, identity: string): Seen {
  return {
    identity,
    status: recording.status === "recording" ? "recovered" : recording.status,
    startedAt: cut(recording.startedAt),
    seconds: recording.seconds,
    target: cut(target.command || target.executable),
    python: cut(target.python),
    build: target.build.slice(0, 8).map(cut),
    produced: sumOf(recording.produced),
    dropped: sumOf(recording.dropped),
    problem: null,
  };
}

export function receivedRow({ path, name, bytes }: RecordingFile, seen: Seen | undefined): SessionRow {
  const known = { path, name, bytes, foreign: true };
  if (seen === undefined)
    return { ...known, status: "unreadable", ...unknownSession, problem: "it is being looked at for the first time" };
  const { identity: _, ...row } = seen;
  return { ...known, ...row };
}

const cut = (text: string): string => text.slice(0, longest);
