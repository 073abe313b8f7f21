// In: the documents of shared/documents.ts. Out: docs/schemas/*.json, JSON Schema for who scripts against them; with --write they are
// written, without it a file that is out of date is named and the exit code is 1. Next: test/cli/schemas.test.ts asks the same.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { toJsonSchema } from "@valibot/to-json-schema";
import { auditDocument } from "../shared/audit-result.ts";
import { comparison } from "../shared/comparison-document.ts";
import { diagnosisDocument } from "../shared/diagnosis-document.ts";
import * as documents from "../shared/documents.ts";
import { redaction, salvage, verification } from "../shared/evidence-documents.ts";
import { exportDocument } from "../shared/export-formats.ts";
import { snapshotDocument } from "../shared/heap-taken.ts";
import { whyDocument } from "../shared/heap-views.ts";
import { sampleDocument } from "../shared/sample-document.ts";

const folder = resolve(import.meta.dirname, "../docs/schemas");

const published = {
  "refscope.audit-1": auditDocument,
  "refscope.comparison-1": comparison,
  "refscope.diagnosis-1": diagnosisDocument,
  "refscope.doctor-1": documents.doctorDocument,
  "refscope.error-1": documents.errorDocument,
  "refscope.export-1": exportDocument,
  "refscope.histories-1": documents.histories,
  "refscope.history-1": documents.history,
  "refscope.ps-1": documents.processList,
  "refscope.recording-1": documents.recordingDocument,
  "refscope.redaction-1": redaction,
  "refscope.report-1": documents.report,
  "refscope.salvage-1": salvage,
  "refscope.sample-1": sampleDocument,
  "refscope.sessions-1": documents.sessionList,
  "refscope.snapshot-1": snapshotDocument,
  "refscope.verification-1": verification,
  "refscope.top-1": documents.topDocument,
  "refscope.why-1": whyDocument,
} as const;

/** File name → its text, as it should be. */
export function schemaFiles(): ReadonlyMap<string, string> {
  const rows = Object.entries(published).map(([name, schema]) => {
    const converted = toJsonSchema(schema, { target: "draft-2020-12" });
    return [
      join(folder, `${name}.json`),
      `${JSON.stringify({ title: name.replace("-", "/"), ...converted }, null, 2)}\n`,
    ] as const;
  });
  return new Map(rows);
}

export function outdated(): readonly string[] {
  return [...schemaFiles()]
    .filter(([path, text]) => !existsSync(path) || readFileSync(path, "utf8") !== text)
    .map(([path]) => path);
}

function write(): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of schemaFiles()) writeFileSync(path, text);
}

if (import.meta.main) {
  if (process.argv.includes("--write")) write();
  for (const path of outdated()) {
    process.stdout.write(`out of date: ${path}; run node scripts/schemas.ts --write\n`);
    process.exitCode = 1;
  }
}
