// What the views of the GIL and of errors read of a recording: the part of a RecordingReader that a test can draw.
import type { TargetFacts } from "../../shared/documents.ts";
import type { AuditReader, SourceLines } from "../store/audit-reader.ts";
import type { CallTotals, ErrorReader } from "../store/error-reader.ts";
import type { GilReader } from "../store/gil-reader.ts";
import type { Names } from "../store/names.ts";
import type { Resolution } from "../store/schema.ts";

export interface Recorded {
  /** Milliseconds. */
  readonly duration: number;
  readonly file: { readonly status: "recording" | "closed" | "recovered" };
  readonly facts: {
    readonly target: Pick<TargetFacts, "python" | "executable">;
    /** Whether all that clears or overwrites an error was asked for; older recordings do not say. */
    readonly errorDetails?: boolean | undefined;
  };
  readonly names: Names;
  readonly gil: GilReader | undefined;
  readonly errors: ErrorReader | undefined;
  readonly audit: AuditReader | undefined;
  sourceLines(): SourceLines;
  calls(): readonly CallTotals[];
  sums(resolution: Resolution): Iterable<{ readonly t: number }>;
}
