// What a recording says of itself and what is gone of it in; sentences on what a reader does not see, out. Used by reader.ts.
import { readNotes } from "./facts.ts";
import type { OpenedFile } from "./open.ts";
import type { Source } from "./rows.ts";
import { type Resolution, resolutions } from "./schema.ts";

interface Trimmed {
  /** Milliseconds from which each resolution is kept. */
  readonly kept: (resolution: Resolution) => number;
  /** And single holds of the GIL. */
  readonly holds: number;
}

const from = (what: string, ms: number): string =>
  `${what} kept from ${ms / 1000} s on: what came before was taken out to keep the file small.`;

export function notObserved(
  source: Source,
  status: OpenedFile["status"],
  endMs: number,
  { kept, holds }: Trimmed,
): readonly string[] {
  const notes = readNotes(source);
  if (status === "recovered")
    notes.push(`The recorder ended early: what happened after ${(endMs / 1000).toFixed(1)} s is not here.`);
  for (const resolution of resolutions)
    if (kept(resolution) > 0) notes.push(from(`Detail of ${resolution / 1000} s is`, kept(resolution)));
  if (holds > 0) notes.push(from("Single holds of the GIL are", holds));
  const { parts } = source.damage;
  if (parts > 0) notes.push(`${parts} damaged parts of the file were left out.`);
  return notes;
}
