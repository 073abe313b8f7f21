// The call by which the source around a place is asked for, as a schema. Next: rpc-contract.ts.
import * as v from "valibot";

const line = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000_000));

export const sourceAround = v.object({
  file: v.string(),
  line,
  /** SHA-256 of the whole file as it was when it was recorded. */
  hash: v.string(),
  lines: v.array(v.object({ line, text: v.string() })),
});
export type SourceAround = v.InferOutput<typeof sourceAround>;

export const sourceCalls = {
  /** Of a file as the recording names it; no file but the recording is opened. Null where the recording keeps no source there. */
  "recording.source": {
    params: v.strictObject({
      path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
      file: v.pipe(v.string(), v.maxLength(4096)),
      line,
    }),
    result: v.nullable(sourceAround),
  },
} as const;
