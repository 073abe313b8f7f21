// A diagnosis in; its verdict and each suspect as a sentence, how sure it is, and where to look next, out. Next: views/suspects.
import type {
  Blame,
  DiagnosisDocument,
  DiagnosisStep,
  StepKind,
  Suspect,
  SuspectKind,
} from "../../shared/diagnosis-document.ts";
import { moduleName } from "./audit.ts";
import { code, place, type Sentence, words } from "./finding.ts";
import { bytes, counted, duration, fraction, rough } from "./format.ts";
import { type HeapSet, snapshot, why } from "./heap-route.ts";
import { extensions, grows, object, type Route } from "./routes.ts";

export function diagnosisHeadline({ verdict, suspects, seconds }: DiagnosisDocument): Sentence {
  const [first] = suspects;
  if (verdict === "insufficient") return [words("No verdict was possible")];
  if (verdict === "clean" || !first) return [words(`Nothing was seen to leak in ${duration(seconds)}`)];
  return suspectSentence(first);
}

export function diagnosisGround({ verdict, suspects, seconds }: DiagnosisDocument): string {
  if (verdict !== "leak") return `${duration(seconds)} observed.`;
  return `${duration(seconds)} observed; ${counted(suspects.length, "suspect", "suspects, the surest first")}.`;
}

/** What a colleague would say: who does what, how fast. */
export function suspectSentence({ kind, type, blame, perSecond, perCall, bytesPerSecond }: Suspect): Sentence {
  const thing = type === null ? words("blocks of memory") : code(type);
  const many = `${perSecondWords(perSecond)} `;
  const speed = words(" a second");
  switch (kind) {
    case "unreachable":
      return blame
        ? [...by(blame), words(` loses ${many}`), thing, speed]
        : [words(`${many}`), thing, words(" a second are lost: nothing refers to them")];
    case "unexplained-references":
      return references(thing, blame, perSecond, perCall);
    case "held":
      return blame
        ? [...by(blame), words(` keeps ${many}more `), thing, speed]
        : [words(`${many}more `), thing, words(" are kept each second")];
    case "uncollectable-cycle":
      return [thing, words(` in cycles that are never freed: ${many}a second`), ...from(blame)];
    case "native-memory": {
      const size = `${bytes(bytesPerSecond)} a second`;
      return blame
        ? [...by(blame), words(` takes ${size} and does not give it back`)]
        : [words(`Memory that is no Python object grows by ${size}`)];
    }
    case "growth":
      return [thing, words(` grows by ${many}a second`), ...from(blame)];
    default:
      return kind satisfies never;
  }
}

function references(thing: Sentence[number], blame: Blame | null, perSecond: number, perCall: number | null): Sentence {
  const often = `${perSecondWords(perSecond)} times a second`;
  if (!blame) return [words("Something keeps a reference to "), thing, words(` ${often}`)];
  const one = perCall !== null && Math.abs(perCall - 1) < 0.05;
  if (one) return [...by(blame), words(" keeps a reference to "), thing, words(" at every call")];
  return [...by(blame), words(" keeps a reference to "), thing, words(` ${often}`)];
}

const perSecondWords = (perSecond: number): string =>
  perSecond >= 10 ? rough(Math.round(perSecond)) : rough(Math.max(0.1, perSecond));

function by({ function: name, module, file }: Blame): Sentence {
  return file === module ? [code(name)] : [code(name), words(" of "), code(moduleName(module))];
}

const from = (blame: Blame | null): Sentence => (blame ? [words(", from "), ...by(blame)] : []);

export const kindTags: Readonly<Record<SuspectKind, { readonly name: string; readonly meaning: "leak" | "held" }>> = {
  unreachable: { name: "✗ lost objects", meaning: "leak" },
  "unexplained-references": { name: "✗ leaked references", meaning: "leak" },
  held: { name: "▲ kept by the program", meaning: "held" },
  "uncollectable-cycle": { name: "↻ never collected", meaning: "leak" },
  "native-memory": { name: "✗ native memory", meaning: "leak" },
  growth: { name: "▲ grows", meaning: "held" },
};

/** A figure of confidence says nothing by itself. */
export function surenessWords(confidence: number): string {
  const percent = fraction(confidence).replace(/\.0 /, " ");
  if (confidence >= 0.95) return `certain, ${percent}`;
  if (confidence >= 0.8) return `very likely, ${percent}`;
  return confidence >= 0.6 ? `likely, ${percent}` : `a guess, ${percent}`;
}

export function ratesWords({ perSecond, perCall, bytesPerSecond }: Suspect): readonly string[] {
  return [
    `+${perSecondWords(perSecond)} /s`,
    ...(perCall === null ? [] : [`+${rough(perCall)} a call`]),
    ...(bytesPerSecond >= 1 ? [`+${bytes(bytesPerSecond)}/s`] : []),
  ];
}

export function blamePlace({ file, line, module }: Blame): string {
  return file === null || file === module ? "" : place(file, line);
}

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

interface Next {
  readonly name: string;
  readonly to: Route;
}

/** The most telling first. */
export function nextOf(suspect: Suspect, { path, steps }: DiagnosisDocument): readonly Next[] {
  const found = objectOf(suspect);
  const audited = suspect.blame?.file === null || suspect.blame?.native !== null ? auditOf(steps) : undefined;
  return [
    ...(found === undefined ? [] : [{ name: "Why it is alive", to: why(path, found) }]),
    ...(suspect.type === null
      ? []
      : [
          {
            name: "These objects",
            to: { ...snapshot(path), table: "objects" as const, type: suspect.type, set: setOf[suspect.kind] },
          },
        ]),
    ...(suspect.blame && audited !== undefined ? [{ name: "The audit", to: extensions(audited) }] : []),
    { name: "What grows", to: grows(path) },
  ];
}

const auditOf = (steps: readonly DiagnosisStep[]): string | undefined =>
  steps.findLast((step) => screenOf(step)?.screen === "extensions")?.path ?? undefined;

/** The screen that shows what a step recorded. */
export const screenOf = ({ kind, path }: DiagnosisStep): Route | undefined =>
  path === null ? undefined : screens[kind](path);

const screens: Readonly<Record<StepKind, (path: string) => Route>> = {
  lifecycle: grows,
  audit: extensions,
  watch: object,
};
