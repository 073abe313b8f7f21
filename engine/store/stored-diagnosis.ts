// The verdict of a diagnosis, the source that it blames, and the closed recording that it is about in, kept there and sealed again; and the verdict that a recording keeps, out.
// Used by engine/diagnosis, reader.ts.
import { crc32 } from "node:zlib";
import * as v from "valibot";
import {
  type DiagnosisDocument,
  diagnosisDocument,
  diagnosisStep,
  type StepKind,
} from "../../shared/diagnosis-document.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import { changeClosed } from "./change-closed.ts";
import { hasTable } from "./facts.ts";
import { intact } from "./intact.ts";
import { openFile } from "./open.ts";
import { pack, unpack } from "./packed.ts";
import { boundedBlob, bytesAt, longestBlob, numberAt, readableRow, type Source } from "./rows.ts";
import { addSource, type KeptSource } from "./stored-source.ts";

const kindOf = (did: string): StepKind =>
  did.startsWith("audited") ? "audit" : /^(?:followed|watched)/.test(did) ? "watch" : "lifecycle";
/** Verdicts that were kept before a step said its kind: its sentence, which was of our own words, begins with it. */
const keptStep = v.pipe(
  v.looseObject({ did: v.string() }),
  v.transform((step) => ({ kind: kindOf(step.did), ...step })),
  diagnosisStep,
);
const kept = v.object({ ...diagnosisDocument.entries, steps: v.array(keptStep) });

export function keepDiagnosis(
  path: string,
  document: DiagnosisDocument,
  sources: readonly KeptSource[] = [],
): Result<void> {
  const opened = openFile(path);
  if (!opened.ok) return opened;
  const { connection: reading, status } = opened.value;
  const may = status === "closed" && hasTable(reading, "diagnosis");
  reading.close();
  const refuse = (why: string) => fail("cannot-write", { path, why });
  if (!may) return refuse("it is no closed recording of this version");
  const bytes = Buffer.from(JSON.stringify(document));
  return changeClosed(
    path,
    (connection) => {
      const insert = connection.prepare("INSERT OR REPLACE INTO diagnosis VALUES (1, ?, ?, ?)");
      insert.run(bytes.length, crc32(bytes), pack(bytes));
      for (const source of sources) addSource(connection, source);
      return ok(undefined);
    },
    refuse,
  );
}

/** Undefined where there is none, or it is not what was written. */
export function readDiagnosis(source: Source): DiagnosisDocument | undefined {
  if (!hasTable(source.connection, "diagnosis")) return undefined;
  const row = readableRow(source, `SELECT size, crc, ${boundedBlob("document")} FROM diagnosis WHERE id = 1`);
  if (!row) return undefined;
  const bytes = () => unpack(bytesAt(row, 2), Math.min(longestBlob, numberAt(row, 0)));
  return intact(source.damage, numberAt(row, 1), bytes, (text) => {
    const parsed = v.safeParse(kept, jsonOf(text));
    return parsed.success ? parsed.output : undefined;
  });
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}
