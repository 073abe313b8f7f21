// A suspect and its diagnosis in; where to look next, what would make it surer, and the set of objects that it is about, out. Next: views/suspects.
import type {
  DiagnosisDocument,
  DiagnosisStep,
  StepKind,
  Suspect,
  SuspectKind,
} from "../../shared/diagnosis-document.ts";
import { type HeapSet, type SnapshotRoute, snapshot, why } from "./heap-route.ts";
import { betweenMarks, extensions, grows, object, type Route } from "./routes.ts";

/** The object that shows it best: one that was found on the way from a root, else the one of its type that tells the most. */
export function objectOf({ type, heldBy }: Suspect): string | undefined {
  return heldBy[0]?.at(-1)?.address ?? (type === null ? undefined : `type:${type}`);
}

const setOf: Readonly<Record<SuspectKind, HeapSet>> = {
  unreachable: "unreachable",
  "unexplained-references": "unexplained",
  held: "all",
  "uncollectable-cycle": "unreachable",
  "native-memory": "all",
  growth: "all",
};

/** Undefined: memory that is no object. */
export const objectsOf = ({ type, kind }: Suspect, path: string): ObjectsRoute | undefined =>
  type === null ? undefined : { ...snapshot(path), table: "objects", type, set: setOf[kind] };
export type ObjectsRoute = SnapshotRoute & { readonly type: string };

interface Next {
  readonly name: string;
  readonly to: Route;
}

/** The most telling first. */
export function nextOf(suspect: Suspect, { path, steps, target }: DiagnosisDocument): readonly Next[] {
  const found = objectOf(suspect);
  const watch = watchOf(suspect);
  const audited = suspect.blame?.file === null || suspect.blame?.native !== null ? auditOf(steps) : undefined;
  return [
    ...(found === undefined ? [] : [{ name: "Why it is alive", to: why(path, found) }]),
    ...(suspect.blame && audited !== undefined ? [{ name: "The audit", to: extensions(audited) }] : []),
    ...(watch === undefined ? [] : [{ name: "Watch an object", to: { ...object(path), watch, pid: target?.pid } }]),
    { name: "What grows", to: grows(path) },
  ];
}

/** As the form of a watch takes it: the object that was found, else the next ones of the line that makes them, else of the type. */
function watchOf({ type, heldBy, allocationSite }: Suspect): string | undefined {
  if (type === null) return undefined;
  const address = heldBy[0]?.at(-1)?.address;
  const [frame] = allocationSite ?? [];
  if (address !== undefined) return address;
  return frame?.line ? `${type}@${frame.file}:${frame.line}` : `type:${type}`;
}

const auditOf = (steps: readonly DiagnosisStep[]): string | undefined =>
  steps.findLast((step) => screenOf(step)?.screen === "extensions")?.path ?? undefined;

interface Need {
  readonly lacks: string;
  readonly next?: Next;
}
/** Of a leak that is not proven: less than this is worth another look. */
const unproven = 0.8;
const short = 20;

/** What it would take to be surer, in our words: marks, stacks, a longer look. */
export function needsOf(
  { kind, confidence, allocationSite, type }: Suspect,
  document: DiagnosisDocument,
): readonly Need[] {
  const { seconds, path } = document;
  const unsure = confidence < unproven;
  const marks = unsure && (kind === "held" || kind === "growth");
  return [
    ...(marks
      ? [
          {
            lacks:
              "Needs marks: set one before and one after work that should leave nothing behind; what fills a cache once does not grow from mark to mark.",
            next: { name: "Between marks", to: betweenMarks(path) },
          },
        ]
      : []),
    ...(allocationSite === null && type !== null
      ? [
          {
            lacks:
              "Needs stacks: these objects are older than the recording. Diagnose from the start of the program on, or after it was restarted.",
          },
        ]
      : []),
    ...(unsure && seconds < short
      ? [
          {
            lacks: `Needs longer: ${Math.round(seconds)} s were looked at; what grows slowly, or only fills up, shows in a minute or more.`,
          },
        ]
      : []),
  ];
}

/** The screen that shows what a step recorded. */
export const screenOf = ({ kind, path }: DiagnosisStep): Route | undefined =>
  path === null ? undefined : screens[kind](path);

const screens: Readonly<Record<StepKind, (path: string) => Route>> = {
  lifecycle: grows,
  audit: extensions,
  watch: object,
};
