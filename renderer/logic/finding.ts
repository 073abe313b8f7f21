// Ranked sites in, the finding as a sentence a colleague would say and the steps that support it out. Next: views/grows.
import type { SiteRow } from "../../shared/documents.ts";
import { visible } from "./escape.ts";
import { byteGrowth, bytes, count, duration, fraction, growth, shortCount } from "./format.ts";
import { fileName } from "./recording.ts";

/** Code is set in the code font and may come from the target; words are ours. */
export type Part = { readonly kind: "words"; readonly text: string } | { readonly kind: "code"; readonly text: string };
export type Sentence = readonly Part[];

export const words = (text: string): Part => ({ kind: "words", text });
export const code = (text: string): Part => ({ kind: "code", text });

/** A file's name longer than this is made to fill the screen. */
const longestName = 60;
/** Growing in fewer intervals than this is filling and emptying, not growing. */
const steady = 0.6;
/** Below this a rate is noise at the length of a usual recording. */
const least = 0.05;

export function isGrowing(site: SiteRow): boolean {
  return (site.growthPerSecond > least || site.bytesPerSecond > 1) && (site.steadiness ?? 1) >= steady;
}

/** The engine ranks; the first that grows is the finding. */
export const culprit = (sites: readonly SiteRow[]): SiteRow | undefined => sites.find(isGrowing);

export function headline(sites: readonly SiteRow[]): Sentence {
  const worst = culprit(sites);
  if (!worst) return [words(nothing(sites))];
  const unsure = worst.steadiness === null;
  const verb = unsure ? " has grown most so far, by " : " grows by ";
  return [capital(what(worst)), words(" from "), ...where(worst), words(verb), words(spoken(worst))];
}

function nothing(sites: readonly SiteRow[]): string {
  if (sites.length === 0) return "Nothing recorded yet";
  const short = sites.every(({ steadiness }) => steadiness === null);
  return short ? "Nothing has grown so far; too short to say" : "Nothing grows";
}

export function evidence(site: SiteRow, sites: readonly SiteRow[] = []): readonly Sentence[] {
  const kept = site.allocated === 0 ? null : site.live / site.allocated;
  const grown = isGrowing(site);
  return [
    [
      words(`${count(site.allocated)} allocated here, ${count(site.freed)} freed: `),
      words(`${count(site.live)} still live (${fraction(kept)}).`),
    ],
    [words(`They hold ${bytes(site.liveBytes)}, ${byteGrowth(site.bytesPerSecond)}.`)],
    [words(steadinessWords(site))],
    ...companions(site, sites),
    grown && site.steadiness !== null
      ? [
          words(
            "What fills up once levels off; this has not. Look for what keeps them: a container, a cache, a global.",
          ),
        ]
      : [
          words(
            grown
              ? "Record longer to tell a leak from something that fills up once."
              : "This does not look like a leak.",
          ),
        ],
  ];
}

/** What one line keeps is often several things: the object, its dict, the list that grows with it. */
function companions(site: SiteRow, sites: readonly SiteRow[]): readonly Sentence[] {
  const line = plain(where(site));
  const others = sites.filter((other) => other !== site && isGrowing(other) && plain(where(other)) === line);
  if (others.length === 0 || site.frames.length === 0) return [];
  const named = others.slice(0, 4).flatMap((other, at) => (at === 0 ? [what(other)] : [words(", "), what(other)]));
  return [[words("The same line keeps as well: "), ...named, words(others.length > 4 ? " and more." : ".")]];
}

function steadinessWords({ steadiness, growthPerSecond }: SiteRow): string {
  if (steadiness === null) return `${growth(growthPerSecond)} so far; too short to say whether it goes on.`;
  return `${growth(growthPerSecond)}; it grew in ${grewIn(steadiness)} intervals after warm-up.`;
}

/** The engine cuts the time after warm-up into 12 intervals, a recording of less than two seconds into fewer. */
const cuts = [12, 11, 10, 9, 8, 7, 6, 5];

/** 11 of 12 */
export function grewIn(steadiness: number): string {
  const cut = cuts.find((of) => Math.abs(steadiness * of - Math.round(steadiness * of)) < 1e-6) ?? 12;
  return `${Math.round(steadiness * cut)} of ${cut}`;
}

export const what = (site: Pick<SiteRow, "type" | "domain">): Part =>
  site.type === null ? words(memoryName[site.domain]) : code(site.type);

export function where({ frames }: Pick<SiteRow, "frames">): Sentence {
  const [innermost] = frames;
  if (!innermost) return [words("an unknown place")];
  return [code(innermost.function), words(` · ${place(innermost.file, innermost.line)}`)];
}

export const place = (file: string, line: number | null): string =>
  `${visible(fileName(file), longestName)}${line === null ? "" : `:${line}`}`;

/** A name of the target is left as it is. */
const capital = (part: Part): Part =>
  part.kind === "code" ? part : words(part.text.charAt(0).toUpperCase() + part.text.slice(1));

const memoryName = {
  raw: "memory of PyMem_RawMalloc",
  mem: "memory of PyMem_Malloc",
  obj: "memory of PyObject_Malloc",
  native: "memory of malloc",
} as const;

/** Objects a second say more than bytes, unless it is one object that grows. */
function spoken(site: SiteRow): string {
  const perSecond = site.growthPerSecond;
  if (perSecond <= least) return `${bytes(site.bytesPerSecond)} a second`;
  return perSecond >= 1 ? `${shortCount(perSecond)} a second` : `one in ${duration(1 / perSecond)}`;
}

export const plain = (sentence: Sentence): string => sentence.map((part) => part.text).join("");
