// Threads, frames and times of a report in, pieces of a sentence or a table out. Used by gil-section.ts, errors-section.ts.
import type { Frame } from "../../shared/documents.ts";
import type { NativeFrame } from "../../shared/gil-document.ts";
import { frameText } from "./finding.ts";
import type { Line, Piece } from "./section.ts";
import { rate, span } from "./words.ts";

interface Named {
  readonly threadId: number;
  readonly name: string | null;
  readonly kernelName: string | null;
}

/** Names by thread id; of a thread id that was given again, the first. */
export function threadNames(threads: readonly Named[]): (threadId: number) => Line {
  const lines = new Map<number, Line>();
  for (const row of threads) if (!lines.has(row.threadId)) lines.set(row.threadId, threadPieces(row));
  return (threadId) => lines.get(threadId) ?? [`thread ${threadId}`];
}

export function threadPieces({ threadId, name, kernelName }: Named): Line {
  const known = name ?? kernelName;
  return known === null ? [`thread ${threadId}`] : [{ name: known }, ` (${threadId})`];
}

export const framePiece = (frame: Frame): Piece => ({ name: frameText(frame) });

/** The innermost frame that is known, Python's before C's. */
export function placeOf(frames: readonly Frame[], native: readonly NativeFrame[] = []): Line {
  const [python] = frames;
  if (python) return [framePiece(python)];
  const [c] = native;
  return c ? [{ name: `${c.function ?? "?"} in ${c.module}` }] : ["an unknown place"];
}

/** 0.5 → "0.5 ms", 5000 → "5 s" */
export const duration = (ms: number): string => (ms >= 1000 ? span(ms / 1000) : `${rate(ms)} ms`);

export function percent(part: number): string {
  const value = part * 100;
  return value > 0 && value < 0.1 ? "<0.1 %" : `${value.toFixed(1)} %`;
}

/** "once", "7 times" */
export const times = (count: number): string => (count === 1 ? "once" : `${count.toLocaleString("en-US")} times`);
