// What threads held and waited over time in; how much of the time in which they wanted the GIL they waited for it, and that as a sentence, out.
import type { GilContention } from "../../../shared/gil-views.ts";
import { duration, fraction } from "../format.ts";

export interface WaitPart {
  /** Seconds. */
  readonly at: number;
  /** 0 to 1; null while nobody wanted it. */
  readonly part: number | null;
}

export const waitParts = (contention: GilContention): readonly WaitPart[] =>
  contention.map((point) => ({ at: point.atMs / 1000, part: waitPart([point]) }));

/** Of all of them together. */
export function waitPart(points: readonly GilContention[number][]): number | null {
  const waited = points.reduce((sum, { waiting }) => sum + waiting, 0);
  const wanted = waited + points.reduce((sum, { held }) => sum + held, 0);
  return wanted === 0 ? null : waited / wanted;
}

export function waitsSentence(contention: GilContention): string {
  const all = waitPart(contention);
  if (all === null) return "Nobody wanted the GIL yet.";
  const most = waitParts(contention).reduce((worst, point) => ((point.part ?? 0) > (worst.part ?? 0) ? point : worst));
  return `${fraction(all)} of the time that threads wanted it they waited, ${fraction(most.part)} at most, after ${duration(most.at)}.`;
}
