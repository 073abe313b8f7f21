// A recording, a format and a range in; a file for another tool out, written in pieces. Next: engine.ts.
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import type { TargetFacts } from "../../shared/documents.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { Recorded } from "../analysis/recorded.ts";
import { chromeTrace } from "./chrome-trace.ts";
import { type GilTrace, gilTrace } from "./gil-trace.ts";
import { perfettoTrace } from "./perfetto-trace.ts";

const writers = { chrome: chromeTrace, perfetto: perfettoTrace } as const satisfies Record<
  string,
  (trace: GilTrace) => Iterable<Uint8Array>
>;
export type ExportFormat = keyof typeof writers;

export interface ExportRequest {
  readonly format: ExportFormat;
  readonly out: string;
  /** Slices that overlap this part of the recording; all of it without them. */
  readonly fromMs?: number;
  readonly toMs?: number;
}
export interface Exported {
  readonly path: string;
  readonly bytes: number;
}

interface Exportable extends Recorded {
  readonly path: string;
  readonly facts: { readonly target: TargetFacts };
}

const ownerOnly = 0o600;

export function exportRecording(reader: Exportable, request: ExportRequest): Result<Exported> {
  const { gil } = reader;
  if (!gil)
    return fail("not-found", {
      what: `GIL in ${reader.path}`,
      advice: "This format shows the GIL: record with `--collect gil`.",
    });
  if (resolve(request.out) === resolve(reader.path)) return fail("usage", { what: "--out is the recording itself" });
  const range = { fromMs: request.fromMs ?? 0, toMs: request.toMs ?? Number.POSITIVE_INFINITY };
  const { pid, command, executable } = reader.facts.target;
  const trace = gilTrace(reader, gil, { pid, command: command || executable }, range);
  return writeFile(request.out, writers[request.format](trace));
}

/** Under another name until it is whole; a device or a pipe is written to as it is. */
function writeFile(path: string, pieces: Iterable<Uint8Array>): Result<Exported> {
  const existing = statSync(path, { throwIfNoEntry: false });
  const direct = existing !== undefined && !existing.isFile();
  const draft = direct ? path : `${path}.part`;
  try {
    const bytes = writePieces(openSync(draft, "w", ownerOnly), pieces);
    if (!direct) renameSync(draft, path);
    return ok({ path, bytes });
  } catch (error) {
    if (!direct) rmSync(draft, { force: true });
    if (!(error instanceof Error && "syscall" in error)) throw error;
    return "code" in error && error.code === "ENOSPC"
      ? fail("cannot-write", { path, why: "no room left on its disk" })
      : fail("cannot-write", { path, why: error.message });
  }
}

function writePieces(file: number, pieces: Iterable<Uint8Array>): number {
  let written = 0;
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
      written += piece.length;
    }
    return written;
  } finally {
    closeSync(file);
  }
}
