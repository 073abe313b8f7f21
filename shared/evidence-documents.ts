// What is said of a recording as a file: whether it is whole, what was saved of it, what was taken out of it. Next: engine/store fills these, doors print them.
import * as v from "valibot";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What `verify` found. A file that does not open as a recording is an error instead. */
export const verification = v.object({
  schema: v.literal("refscope.verification/1"),
  path: v.string(),
  /** unverified: nobody sealed it, and no part of it is known to be wrong. */
  outcome: v.picklist(["verified", "unverified", "damaged"]),
  status: v.picklist(["recording", "closed", "recovered"]),
  /** By all bytes of the file, or by its rows alone; null when it is not sealed. */
  sealed: v.nullable(v.picklist(["bytes", "rows"])),
  /** Made of a damaged file by `salvage`. */
  salvaged: v.boolean(),
  bytes: whole,
  /** Looked at. */
  chunks: whole,
  /** What is damaged, or why it is not sealed. */
  why: v.array(v.string()),
});
export type Verification = v.InferOutput<typeof verification>;

/** What `salvage` wrote. */
export const salvage = v.object({
  schema: v.literal("refscope.salvage/1"),
  path: v.string(),
  out: v.string(),
  bytes: whole,
  /** Kept. */
  rows: whole,
  /** Read, and left out. How many could not be read is not known. */
  damaged: whole,
  lost: v.array(v.string()),
});
export type Salvage = v.InferOutput<typeof salvage>;

export const redactionLevels = ["minimal", "standard"] as const;

/** What `redact` takes out. */
export const redaction = v.object({
  schema: v.literal("refscope.redaction/1"),
  path: v.string(),
  /** Null when it was only asked what would leave; the same for `bytes`. */
  out: v.nullable(v.string()),
  level: v.picklist(redactionLevels),
  bytes: v.nullable(whole),
  /** Rows that do not come along. */
  removed: v.array(v.object({ what: v.string(), rows: whole })),
  /** Texts and what stands for them, equal ones for equal ones; the first of `of`. */
  replaced: v.array(
    v.object({
      what: v.picklist(["path", "name", "thread", "text", "command"]),
      from: v.string(),
      to: v.string(),
    }),
  ),
  of: whole,
});
export type Redaction = v.InferOutput<typeof redaction>;
