// In: examples/manifest.json and the examples' own text. Out: each example with the number of its marked line.
// Next: examples.test.ts, diagnose-examples.test.ts.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as v from "valibot";

const entry = v.object({
  file: v.string(),
  leaks: v.boolean(),
  kind: v.string(),
  line_marker: v.nullable(v.string()),
  type: v.nullable(v.string()),
  twin: v.nullable(v.string()),
  demo: v.optional(v.boolean()),
});

export interface Example extends v.InferOutput<typeof entry> {
  readonly path: string;
  /** Lines that carry the marker, from 1: one in a leaky example, none in a clean one. */
  readonly markedLines: readonly number[];
}

export const home = resolve(import.meta.dirname, "../..");

function locate(one: v.InferOutput<typeof entry>): Example {
  const path = join(home, "examples", one.file);
  const lines = readFileSync(path, "utf8").split("\n");
  const marked = lines.flatMap((line, index) =>
    one.line_marker !== null && line.includes(one.line_marker) ? [index + 1] : [],
  );
  return { ...one, path, markedLines: marked };
}

export function examples(): readonly Example[] {
  const text = readFileSync(join(home, "examples/manifest.json"), "utf8");
  return v.parse(v.array(entry), JSON.parse(text)).map(locate);
}
