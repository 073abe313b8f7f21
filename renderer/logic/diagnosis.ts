// A diagnosis in; its verdict and each suspect as a sentence, and how sure it is, out. Next: suspect-next.ts, views/suspects.
import type { Blame, DiagnosisDocument, Suspect, SuspectKind } from "../../shared/diagnosis-document.ts";
import { keeperOf } from "../../shared/suspect-words.ts";
import type { TrendOf } from "../../shared/trends.ts";
import { moduleName } from "./audit.ts";
import { code, place, type Sentence, words } from "./finding.ts";
import { bytes, counted, duration, fraction, rough } from "./format.ts";

export function diagnosisHeadline({ verdict, suspects, seconds }: DiagnosisDocument): Sentence {
  const [first] = suspects;
  if (verdict === "insufficient") return [words("No verdict was possible")];
  if (verdict === "leak" && !first) return [words("What was found here is muted")];
  if (verdict === "clean" || !first) return [words(`Nothing was seen to leak in ${duration(seconds)}`)];
  return suspects.length === 1 ? suspectSentence(first) : severalSentence(suspects);
}

/** What kind of finding it is, as few words as there can be. */
type Sort = "leak" | "held" | "grows";
const sortOf: Readonly<Record<SuspectKind, Sort>> = {
  unreachable: "leak",
  "unexplained-references": "leak",
  "uncollectable-cycle": "leak",
  "native-memory": "leak",
  held: "held",
  growth: "grows",
};
const sortWords: Readonly<Record<Sort, (count: number) => string>> = {
  leak: (count) => `${spelled(count)} ${count === 1 ? "leak" : "leaks"}: `,
  held: () => "kept by the program: ",
  grows: () => "growing, held by nobody knows whom: ",
};
const namedOfEach = 3;
const spelled = (count: number): string => ["no", "one", "two", "three", "four", "five", "six"][count] ?? String(count);

/** "Two leaks: `str`, native memory; kept by the program: `dict`". */
function severalSentence(suspects: readonly Suspect[]): Sentence {
  const sorts = [...new Set(suspects.map(({ kind }) => sortOf[kind]))];
  const [start, ...rest] = sorts.flatMap((sort, at): Sentence => {
    const types = suspects.filter(({ kind }) => sortOf[kind] === sort).map(({ type }) => type);
    const told = [...new Set(types)];
    const more = told.length - namedOfEach;
    return [
      words(`${at === 0 ? "" : "; "}${sortWords[sort](types.length)}`),
      ...told
        .slice(0, namedOfEach)
        .flatMap((type, nth): Sentence => [...(nth === 0 ? [] : [words(", ")]), named(type)]),
      ...(more > 0 ? [words(` and ${more} more`)] : []),
    ];
  });
  return start ? [words(start.text.charAt(0).toUpperCase() + start.text.slice(1)), ...rest] : [];
}

const named = (type: string | null): Sentence[number] => (type === null ? words("native memory") : code(type));

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

/** "grew in 7 of 8 intervals", as its evidence says. */
export const intervalsWords = ({ evidence }: Suspect): string | undefined =>
  evidence.flatMap((text) => /\bgrew in [\d,]+ of [\d,]+ intervals/.exec(text) ?? [])[0];

/** What its small line is of: the objects of its type that its innermost frame made. */
export const trendOf = ({ type, allocationSite }: Suspect): TrendOf => ({ type, frame: allocationSite?.[0] ?? null });

/** What is said beside its kind: by whose nature it is kept. */
export function keptWords(suspect: Suspect): string | undefined {
  const keeper = keeperOf(suspect);
  return keeper && `kept by ${keeper.name}`;
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
