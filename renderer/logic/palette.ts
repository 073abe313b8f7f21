// What can be done and gone to, what was done of late and what was typed in; the palette's lines in their order out. Next: views/frame/Palette.tsx.
import { type Fit, fitOf } from "./fuzzy.ts";

export interface Command {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly keys?: string | undefined;
  /** Beside the name, and sought in as well. */
  readonly detail?: string | undefined;
  readonly run: () => void;
}
export interface Line {
  readonly command: Command;
  /** Letters of the name that were meant. */
  readonly at: readonly number[];
}

export const mostLines = 60;
export const mostRecent = 8;
/** A name says it better than what stands beside it. */
const besideIsWorth = 0.5;

/** Nothing typed: what was done of late, then all as they stand. Else the best first. */
export function linesOf(commands: readonly Command[], recent: readonly string[], typed: string): readonly Line[] {
  const place = (id: string) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  const found = commands.flatMap((command) => {
    const score = scoreOf(command, typed);
    return score ? [{ command, ...score }] : [];
  });
  return found
    .toSorted((a, b) => b.score - a.score || place(a.command.id) - place(b.command.id))
    .slice(0, mostLines)
    .map(({ command, at }) => ({ command, at }));
}

function scoreOf({ name, detail, id }: Command, typed: string): Fit | undefined {
  const own = fitOf(typed, name);
  const beside = [fitOf(typed, `${name} ${detail ?? ""}`), typed.includes(".") ? fitOf(typed, id) : undefined]
    .filter((one) => one !== undefined)
    .map(({ score }) => score * besideIsWorth);
  const best = beside.length > 0 ? Math.max(...beside) : undefined;
  if (own && (best === undefined || own.score >= best)) return own;
  return best === undefined ? undefined : { score: best, at: [] };
}

export const withRecent = (recent: readonly string[], id: string): readonly string[] =>
  [id, ...recent.filter((one) => one !== id)].slice(0, mostRecent);

/** What a browser kept; anything else is nothing. */
export function readRecent(text: string | null): readonly string[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string").slice(0, mostRecent) : [];
  } catch {
    return [];
  }
}
