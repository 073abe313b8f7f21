// Work on a recording as a file in, what became of it out: verify, salvage, redact, export. Runs in a process of its own; next: reader-program.ts.
import * as v from "valibot";
import { redaction, salvage, verification } from "../../shared/evidence-documents.ts";
import type { Result } from "../../shared/failures.ts";
import { type ExportRequest, exportRecording } from "../export/export.ts";
import { reading } from "../queries.ts";
import type { Progress } from "../store/seal.ts";
import { type RedactRequest, redactRecording } from "./redact.ts";
import { salvageRecording } from "./salvage.ts";
import { verifyRecording } from "./verify.ts";

export type Job =
  | { readonly kind: "verify"; readonly path: string }
  | { readonly kind: "salvage"; readonly path: string; readonly out: string }
  | ({ readonly kind: "redact" } & RedactRequest)
  | { readonly kind: "export"; readonly path: string; readonly request: ExportRequest };
type JobKind = Job["kind"];

/** What each leaves, to be checked by who asked. */
export const jobResults = {
  verify: verification,
  salvage,
  redact: redaction,
  export: v.object({ path: v.string(), bytes: v.number() }),
} as const satisfies Record<JobKind, v.GenericSchema>;
export type JobResult<K extends JobKind> = v.InferOutput<(typeof jobResults)[K]>;

export function work(job: Job, progress: Progress): Result<unknown> {
  switch (job.kind) {
    case "verify":
      return verifyRecording(job.path, progress);
    case "salvage":
      return salvageRecording(job.path, job.out, new Date(), progress);
    case "redact":
      return redactRecording(job, progress);
    case "export": {
      const written = reading(job.path, (reader) => exportRecording(reader, job.request));
      return written.ok ? written.value : written;
    }
    default:
      return job satisfies never;
  }
}
