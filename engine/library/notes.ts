// The folder of recordings in; what is known of its files besides what is in them, out, from one small file beside them: a sealed recording is
// not written to for a tag. Used by shelf.ts.
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { sessionRow } from "../../shared/documents.ts";
import { errorCode } from "../store/sqlite.ts";

const ownerOnly = 0o600;
const seen = v.object({ ...v.omit(sessionRow, ["path", "name", "bytes", "foreign"]).entries, identity: v.string() });
/** What a stranger's file said of itself when it was looked at, in a process that could be killed. */
export type Seen = v.InferOutput<typeof seen>;

const file = v.object({
  version: v.literal(1),
  /** By the file's path in the folder. */
  tags: v.record(v.string(), v.array(v.string())),
  received: v.record(v.string(), seen),
  trash: v.record(v.string(), v.object({ file: v.string(), removedMs: v.number() })),
});
export type Notes = v.InferOutput<typeof file>;

const nothing = (): Notes => ({ version: 1, tags: {}, received: {}, trash: {} });
const place = (folder: string) => join(folder, "library.json");

/** What is not understood is put aside at the next change, not lost. */
export function readNotes(folder: string): Notes {
  return parsed(folder) ?? nothing();
}

/** Another engine may have changed it since: it is read anew, and replaced at once. */
export function changeNotes(folder: string, change: (notes: Notes) => void): void {
  const known = parsed(folder);
  if (known === undefined) putAside(folder);
  const notes = known ?? nothing();
  change(notes);
  const draft = `${place(folder)}.new-${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify(notes, null, 1)}\n`, { mode: ownerOnly });
    renameSync(draft, place(folder));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Undefined where there is something that is not understood. */
function parsed(folder: string): Notes | undefined {
  try {
    const read = v.safeParse(file, JSON.parse(readFileSync(place(folder), "utf8")));
    return read.success ? read.output : undefined;
  } catch (error) {
    return errorCode(error) === "ENOENT" ? nothing() : undefined;
  }
}

function putAside(folder: string): void {
  try {
    renameSync(place(folder), `${place(folder)}.not-understood`);
  } catch {
    // it is gone, or cannot be moved: then it cannot be replaced either, which the caller hears
  }
}
