// A place in Python code as documents name it, as a schema. Next: documents.ts, marks.ts.
import * as v from "valibot";

export const codeFrame = v.object({
  function: v.string(),
  file: v.string(),
  line: v.nullable(v.pipe(v.number(), v.integer())),
});
