// Rows of the library and what lies beside them in; which of them a filter finds, how they are told and compared, out. Next: views/recordings.
import type { SessionRow } from "../../shared/documents.ts";
import type { Verification } from "../../shared/evidence-documents.ts";
import type { KeptVerdict } from "../../shared/kept-verdict.ts";
import { type LibraryState, longestTag } from "../../shared/library.ts";
import { compare } from "./evidence-route.ts";
import { code, type Sentence, words } from "./finding.ts";
import { bytes, counted, duration, rough } from "./format.ts";
import { fileName } from "./recording.ts";
import { grows, hashOf, live, type Route } from "./routes.ts";

export interface LibraryRow extends SessionRow {
  readonly tags: readonly string[];
}

export function libraryRows(sessions: readonly SessionRow[], state: LibraryState | undefined): readonly LibraryRow[] {
  const tags = new Map(state?.tags.map((row) => [row.path, row.tags]));
  return sessions.map((row) => ({ ...row, tags: tags.get(row.path) ?? [] }));
}

/** What was typed into the field for tags; undefined where a word cannot be one. */
export function tagsTyped(text: string): readonly string[] | undefined {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const wrong = words.some((word) => word.length > longestTag || !/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(word));
  return wrong || words.length === 0 ? undefined : words;
}

export const destination = (row: SessionRow): Route => (row.status === "recording" ? live(row.path) : grows(row.path));

/** The earlier one is what the later one is compared with. */
export function comparisonHash(rows: readonly SessionRow[]): string | undefined {
  const [a, b, ...more] = rows.toSorted((one, other) => (one.startedAt ?? "").localeCompare(other.startedAt ?? ""));
  return a && b && more.length === 0 ? comparisonOf(a.path, b.path) : undefined;
}
export const comparisonOf = (a: string, b: string): string => hashOf(compare(a, b));

/** A third choice takes the place of the first. */
export const chosenWith = (chosen: readonly string[], path: string): readonly string[] =>
  chosen.includes(path) ? chosen.filter((one) => one !== path) : [...chosen, path].slice(-2);

export function libraryHeadline(rows: readonly SessionRow[]): string {
  const bad = rows.filter((row) => row.status === "unreadable").length;
  const running = rows.filter((row) => row.status === "recording").length;
  const rest = [running > 0 && `${running} still being written`, bad > 0 && `${bad} cannot be read`].filter(Boolean);
  return [counted(rows.length, "recording", "recordings"), ...rest].join(", ");
}

/** The verdict that the recording keeps, in one line; its screen has the argument. */
export function keptSentence({ verdict, seconds, suspects: [first, ...more] }: KeptVerdict): Sentence {
  if (verdict === "insufficient") return [words("No verdict was possible")];
  if (verdict === "clean" || !first) return [words(`Nothing was seen to leak in ${duration(seconds)}`)];
  const thing = first.type === null ? words("memory") : code(first.type);
  const speed = first.perSecond > 0 ? `${rough(first.perSecond)} a second` : `${bytes(first.bytesPerSecond)} a second`;
  const blamed = first.function === null ? [] : [words(", by "), code(first.function)];
  const others = more.length === 0 ? [] : [words(`, and ${counted(more.length, "suspect", "suspects")} more`)];
  return [words("It leaks "), thing, words(`, ${speed}`), ...blamed, ...others];
}

/** What a damaged or newer file lets one do. */
export function remedyOf(problem: string | null): "salvage" | "update" | "wait" | undefined {
  if (problem === null) return undefined;
  if (/has format \d+, this Refscope reads up to/.test(problem)) return "update";
  if (problem.includes("looked at for the first time")) return "wait";
  return "salvage";
}

export const integrityWords = {
  verified: { text: "✓ verified", meaning: "clean", about: "It is byte for byte what its recorder sealed." },
  unverified: { text: "○ unverified", meaning: "held", about: "Nobody sealed it; nothing of it is known to be wrong." },
  damaged: { text: "✕ damaged", meaning: "leak", about: "It is not what was sealed." },
} as const satisfies Record<Verification["outcome"], object>;

export const plainFileName = (path: string): string => fileName(path).replace(/\.refscope$/, "");
