// The library as its doors see and change it: what lies beside the recordings (tags, what was received, what was just removed), as schemas and
// rows of the contract. Next: rpc-contract.ts; engine/library answers.
import * as v from "valibot";
import { redaction, redactionLevels, salvage } from "./evidence-documents.ts";
import { takenFormats } from "./export-formats.ts";

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const none = v.strictObject({});
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));

export const longestTag = 32;
export const mostTags = 12;
/** One word, so that `tag:word` finds it; nothing invisible. */
export const tag = v.pipe(v.string(), v.maxLength(longestTag), v.regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u));
/** Of a file without its ending: what no folder, shell or terminal reads as something else. */
export const recordingName = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(80),
  v.regex(/^[\p{L}\p{N}_][^\p{C}\p{Zl}\p{Zp}/\\]*$/u, "it begins with a letter or figure, and has no slash"),
);

/** A part that is brought stays within a message of the door. */
export const mostPart = 384 * 1024;
export const mostReceived = 4 * 2 ** 30;
const base64 = v.pipe(v.string(), v.maxLength(Math.ceil(mostPart / 3) * 4));

export const removed = v.object({
  id: v.string(),
  name: v.string(),
  bytes: whole,
  /** Left to take it back. */
  seconds: v.number(),
});
export type Removed = v.InferOutput<typeof removed>;

export const library = v.object({
  /** Paths and their tags; those without are left out. */
  tags: v.array(v.object({ path: v.string(), tags: v.array(v.string()) })),
  /** What all recordings take. */
  bytes: whole,
  /** Room on their disk, and its size; null where it does not tell. */
  roomBytes: v.nullable(whole),
  diskBytes: v.nullable(whole),
  removed: v.array(removed),
  /** Whose `~` the paths can be shortened to. */
  home: v.string(),
});
export type LibraryState = v.InferOutput<typeof library>;

export const redactionPreview = v.object({
  ...redaction.entries,
  /** How many texts of each kind are replaced. */
  kinds: v.array(v.object({ what: v.string(), of: whole })),
});
export type RedactionPreview = v.InferOutput<typeof redactionPreview>;

export const markdownOf = ["report", "verdict"] as const;

const named = v.object({ path: v.string() });

/** Once, within a minute, the door gives the file to who has the ticket. */
export const offer = v.object({ ticket: v.string(), name: v.string(), bytes: whole });
export type Offer = v.InferOutput<typeof offer>;

export const libraryCalls = {
  "library.state": { params: none, result: library },
  /** These and no others, from now on. */
  "library.tag": {
    params: v.strictObject({ path, tags: v.pipe(v.array(tag), v.maxLength(mostTags)) }),
    result: v.array(v.string()),
  },
  "library.rename": { params: v.strictObject({ path, name: recordingName }), result: named },
  /** Into the trash, from which it is gone after some seconds. */
  "library.remove": { params: v.strictObject({ path }), result: removed },
  "library.restore": { params: v.strictObject({ id }), result: named },
  /** A file that the page has, part by part in order; it is a stranger's from then on. */
  "library.receive": {
    params: v.strictObject({
      name: v.pipe(v.string(), v.maxLength(1024)),
      bytes: v.pipe(whole, v.maxValue(mostReceived)),
    }),
    result: v.object({ id: v.string() }),
  },
  "library.part": { params: v.strictObject({ id, at: whole, data: base64 }), result: v.object({ bytes: whole }) },
  /** Without the rest when it is not whole: then nothing is kept. */
  "library.received": { params: v.strictObject({ id }), result: named },
  "library.offer": { params: v.strictObject({ path }), result: offer },
  /** For another tool, or to be read, without what is private at a level. */
  "recording.export": {
    params: v.strictObject({ path, format: v.picklist(takenFormats), level: v.picklist(redactionLevels) }),
    result: offer,
  },
  /** What can be read of it, as a new recording of the library. */
  "recording.salvage": { params: v.strictObject({ path }), result: salvage },
  /** What leaves at a level; written as a new recording of the library when asked to. */
  "recording.redact": {
    params: v.strictObject({ path, level: v.picklist(redactionLevels), write: v.boolean() }),
    result: redactionPreview,
  },
  /** The text that the verbs `report` and `diagnose` print with --markdown; with a level, what is private is taken out of it. */
  "recording.markdown": {
    params: v.strictObject({ path, of: v.picklist(markdownOf), level: v.optional(v.picklist(redactionLevels)) }),
    result: v.string(),
  },
  /** The report as one HTML page that loads nothing and runs nothing. */
  "recording.page": {
    params: v.strictObject({ path, level: v.picklist(redactionLevels) }),
    result: v.string(),
  },
} as const;
