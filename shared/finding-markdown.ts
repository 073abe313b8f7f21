// The call by which one finding of a screen is made a text for a bug report, as a schema. Next: rpc-contract.ts.
import * as v from "valibot";
import { frame } from "./documents.ts";

const text = v.pipe(v.string(), v.maxLength(4096));

/** As the screen says it; who writes it adds what was recorded, and takes out what is private. */
export const findingText = v.strictObject({
  what: text,
  evidence: v.pipe(v.array(text), v.maxLength(50)),
  /** In words; null where the rule leaves no doubt. */
  confidence: v.nullable(text),
  frames: v.pipe(v.array(frame), v.maxLength(64)),
});
export type FindingText = v.InferOutput<typeof findingText>;

export const findingCalls = {
  "finding.markdown": {
    params: v.strictObject({ path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)), finding: findingText }),
    result: v.string(),
  },
} as const;
