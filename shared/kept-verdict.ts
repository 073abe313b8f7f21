// The verdict of a diagnosis as the report has it, as a schema. Part of documents.ts; engine/analysis/report.ts fills it.
import * as v from "valibot";

/** The verdict of a diagnosis, in short; the whole of it is refscope.diagnosis/1. */
export const keptVerdict = v.object({
  verdict: v.string(),
  seconds: v.number(),
  suspects: v.array(
    v.object({
      kind: v.string(),
      type: v.nullable(v.string()),
      perSecond: v.number(),
      bytesPerSecond: v.number(),
      confidence: v.number(),
      /** Whom to blame; null where nobody could be named. */
      module: v.nullable(v.string()),
      function: v.nullable(v.string()),
    }),
  ),
});
export type KeptVerdict = v.InferOutput<typeof keptVerdict>;
