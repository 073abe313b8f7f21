// What two recordings are asked to be compared by, as rows of the contract. Next: rpc-contract.ts; engine/queries-compare.ts answers.
import * as v from "valibot";
import { comparison, comparisonUnits } from "./comparison-document.ts";
import { redactionLevels } from "./evidence-documents.ts";
import { offer } from "./library.ts";
import { markName } from "./marks.ts";

const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const markOfEach = v.strictObject({ a: markName, b: markName });

/** In hundredths: a smaller part of the larger of two rates is the machine's own doing. */
export const leastThreshold = 10;

const compared = {
  ...{ a: path, b: path, per: v.optional(v.picklist(comparisonUnits)) },
  /** What is live at the one of `b` and not at that of `a`. */
  marks: v.optional(markOfEach),
  /** With `marks`: how fast it grew from these to those. */
  since: v.optional(markOfEach),
  /** Hundredths of the larger rate; what differs by less is the same. */
  threshold: v.optional(v.pipe(v.number(), v.integer(), v.minValue(leastThreshold), v.maxValue(100))),
};

/** The texts that the verb `compare` writes. */
export const comparisonFormats = ["markdown", "sarif", "junit", "json"] as const;
export type ComparisonFormat = (typeof comparisonFormats)[number];
export const comparisonEndings = {
  markdown: ".md",
  sarif: ".sarif",
  junit: ".xml",
  json: ".json",
} as const satisfies Record<ComparisonFormat, string>;

const written = {
  ...{ ...compared, format: v.picklist(comparisonFormats) },
  /** Without what is private at this level. */
  level: v.optional(v.picklist(redactionLevels)),
};

export const comparisonCalls = {
  /** What `b` does otherwise than `a`; rates are told by a second when nothing is said. */
  "recording.compare": { params: v.strictObject(compared), result: comparison },
  /** The same as a text. */
  "comparison.text": { params: v.strictObject(written), result: v.string() },
  /** That text as a file to take along. */
  "comparison.offer": { params: v.strictObject(written), result: offer },
} as const;
