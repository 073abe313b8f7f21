// The path of a file in; whether it is what its recorder sealed, and what is not, out. Next: questions.ts asks it in a process of its own.

import type { Verification } from "../../shared/evidence-documents.ts";
import { ok, type Result } from "../../shared/failures.ts";
import { readFacts, readStatus } from "../store/facts.ts";
import { manifestOf } from "../store/manifest.ts";
import { type OpenedFile, openFile } from "../store/open.ts";
import { bytesAreSealed, type Progress, type Seal, sealOf } from "../store/seal.ts";
import { checkChunks, type TableChecked } from "../store/sealed-chunks.ts";
import { errorCode, readFailure } from "../store/sqlite.ts";

/** No row takes fewer bytes of a file; one with more rows goes round in circles. */
const leastRowBytes = 4;
const tickEvery = 256;

class EndlessRows extends Error {
  readonly code = "ENDLESS";
}

/** A failure where the file is no recording at all, or so damaged that it does not open. */
export function verifyRecording(path: string, progress: Progress = () => {}): Result<Verification> {
  const opened = openFile(path);
  if (!opened.ok) return opened;
  const { connection } = opened.value;
  try {
    return ok(verification(path, opened.value, progress));
  } catch (error) {
    return readFailure(error, path);
  } finally {
    connection.close();
  }
}

function verification(path: string, file: OpenedFile, progress: Progress): Verification {
  const { connection, status, fileBytes } = file;
  const { manifest } = readStatus(connection);
  const seal = manifest === undefined ? undefined : sealOf(manifest);
  const problems = [...(seal ? wrongBytes(path, seal, progress) : [])];
  let rows = 0;
  const tick = () => {
    if (++rows % tickEvery === 0) progress(fileBytes, fileBytes);
    if (rows > (2 * fileBytes) / leastRowBytes) throw new EndlessRows("more rows than bytes");
  };
  const tables = checkChunks(connection, fileBytes / leastRowBytes, tick);
  problems.push(...tables.flatMap(wrongTable));
  if (seal) problems.push(...wrongRows(connection, seal, tick));
  else if (manifest !== undefined || status === "closed") problems.push("It is closed and has no seal.");
  const { salvaged } = readFacts(connection);
  return {
    schema: "refscope.verification/1",
    path,
    outcome: problems.length > 0 ? "damaged" : seal ? "verified" : "unverified",
    status,
    sealed: seal ? (seal.bytes === undefined ? "rows" : "bytes") : null,
    salvaged,
    bytes: fileBytes,
    chunks: tables.reduce((sum, { chunks }) => sum + chunks, 0),
    why: [
      ...problems,
      ...(problems.length === 0 && !seal ? [unsealedBecause(status)] : []),
      ...(salvaged ? [patched] : []),
    ],
  };
}

const patched = "It was salvaged from a damaged file: its notes say what is missing.";
const unsealedBecause = (status: OpenedFile["status"]): string =>
  status === "recording"
    ? "It is still being written; it is sealed when it ends."
    : "Its recorder ended early, so nobody sealed it. Its chunks are as they were written.";

function wrongBytes(path: string, seal: Seal, progress: Progress): readonly string[] {
  if (seal.bytes === undefined) return [];
  return bytesAreSealed(path, seal, progress) ? [] : ["Its bytes are not those that were sealed."];
}

function wrongTable({ table, chunks, damaged, readable }: TableChecked): readonly string[] {
  return [
    ...(damaged > 0 ? [`${damaged} of ${chunks} chunks in ${table} are not what was written.`] : []),
    ...(readable ? [] : [`The table ${table} cannot be read to its end.`]),
  ];
}

function wrongRows(connection: OpenedFile["connection"], seal: Seal, tick: () => void): readonly string[] {
  try {
    return manifestOf(connection, tick) === seal.rows ? [] : ["Its rows are not those that were sealed."];
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [`Its rows cannot be read to the end (${errorCode(error)}).`];
  }
}
