// The document of the verb `audit`, as a schema. Next: engine/queries.ts fills it, doors print it.
import * as v from "valibot";
import { auditFinding, referencesReport } from "./audit-document.ts";
import { targetFacts } from "./documents.ts";

/** What `audit` found: of references and the GIL, and of the error indicator. */
export const auditDocument = v.object({
  schema: v.literal("refscope.audit/1"),
  /** The recording it is kept in. */
  path: v.string(),
  target: v.nullable(targetFacts),
  /** As it was asked for. */
  module: v.string(),
  seconds: v.number(),
  references: referencesReport,
  errors: v.object({ findings: v.array(auditFinding) }),
  notObserved: v.array(v.string()),
  /** Why it ended, when not because it was asked to. */
  ended: v.nullable(v.object({ code: v.string(), cause: v.string(), fix: v.string() })),
});
export type AuditDocument = v.InferOutput<typeof auditDocument>;
