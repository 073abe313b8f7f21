// The document of the verb `diagnose`, as a schema. Next: engine/diagnosis fills it, doors print it.
import * as v from "valibot";
import { frame, targetFacts } from "./documents.ts";

const whole = v.pipe(v.number(), v.integer());

/** What kind of evidence it is. */
export const suspectKinds = [
  /** Alive, and nothing that the program can reach refers to it. */
  "unreachable",
  /** References on one object that no object of the program holds, more and more of them. */
  "unexplained-references",
  /** The program holds more and more of it. */
  "held",
  /** Holds itself, and the collector cannot or does not free it. */
  "uncollectable-cycle",
  /** Memory that is no Python object. */
  "native-memory",
  /** More and more of it; who holds it was not observed. */
  "growth",
] as const;
export type SuspectKind = (typeof suspectKinds)[number];

/** The function to look at. Of an extension `native` is the C function, of Python code `function` stands in `file`. */
export const blame = v.object({
  module: v.string(),
  function: v.string(),
  native: v.nullable(v.string()),
  file: v.nullable(v.string()),
  line: v.nullable(whole),
});
export type Blame = v.InferOutput<typeof blame>;

/** One object on the way from a root; `edge` is how the one before it refers to it. */
export const retainer = v.object({ type: v.string(), address: v.string(), edge: v.string() });

export const suspect = v.object({
  rank: whole,
  kind: v.picklist(suspectKinds),
  /** Null for memory that is no Python object. */
  type: v.nullable(v.string()),
  /** Objects or blocks, of `unexplained-references` references, a second. */
  perSecond: v.number(),
  /** The same a call of the blamed function, where its calls were counted. */
  perCall: v.nullable(v.number()),
  bytesPerSecond: v.number(),
  blame: v.nullable(blame),
  /** The innermost first; null where it is older than the recording. */
  allocationSite: v.nullable(v.array(frame)),
  /** Ways from a root to such an object. */
  heldBy: v.array(v.array(retainer)),
  /** That it is a leak, 0 to 1. */
  confidence: v.number(),
  /** Sentences with numbers, the strongest first. */
  evidence: v.array(v.string()),
  notObserved: v.array(v.string()),
});
export type Suspect = v.InferOutput<typeof suspect>;

export const noteKinds = [
  "warm-up",
  "sawtooth",
  "free-list",
  "garbage",
  "fragmentation",
  "bounded-cache",
  "interning",
  "import",
] as const;
/** What grew and is no leak, by the name of what it is. */
export const note = v.object({ kind: v.picklist(noteKinds), sentence: v.string() });
export type Note = v.InferOutput<typeof note>;

/** What a step records of the process; the screen that shows it goes by this. */
export const stepKinds = ["lifecycle", "audit", "watch"] as const;
export type StepKind = (typeof stepKinds)[number];

/** What was run on the process. `at` and `seconds`: since the diagnosis began, and for how long. */
export const diagnosisStep = v.object({
  at: v.number(),
  seconds: v.number(),
  kind: v.picklist(stepKinds),
  did: v.string(),
  /** The recording it is kept in; null where it made none. */
  path: v.nullable(v.string()),
});
export type DiagnosisStep = v.InferOutput<typeof diagnosisStep>;

export const verdicts = ["leak", "clean", "insufficient"] as const;

export const diagnosisDocument = v.object({
  schema: v.literal("refscope.diagnosis/1"),
  verdict: v.picklist(verdicts),
  /** Why there is no verdict; null where there is one. */
  why: v.nullable(v.string()),
  /** The recording that the verdict is kept in. */
  path: v.string(),
  target: v.nullable(targetFacts),
  seconds: v.number(),
  suspects: v.array(suspect),
  notes: v.array(note),
  steps: v.array(diagnosisStep),
  notObserved: v.array(v.string()),
});
export type DiagnosisDocument = v.InferOutput<typeof diagnosisDocument>;

/** A diagnosis that goes on, or has ended: `document` or `failed` is there then. */
export const diagnosisState = v.object({
  /** Names it: the recording that the verdict will be kept in. */
  path: v.string(),
  pid: whole,
  /** Seconds since it began, and how long it will take about. */
  seconds: v.number(),
  forSeconds: v.number(),
  /** What it does now, in words. */
  doing: v.string(),
  steps: v.array(diagnosisStep),
  ended: v.boolean(),
  document: v.nullable(diagnosisDocument),
  failed: v.nullable(v.object({ code: v.string(), cause: v.string(), fix: v.string() })),
});
export type DiagnosisState = v.InferOutput<typeof diagnosisState>;
