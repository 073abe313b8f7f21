// A piece of a time axis in, the piece that zooming, moving or fitting leaves of it out. Milliseconds. Next: state/gil/tracks.ts.

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Shorter than any hold; beyond it a double of hours has no digits left to tell pixels apart. */
const leastMs = 0.0002;

export const lengthOf = (span: Span): number => span.toMs - span.fromMs;
export const middleOf = (span: Span): number => (span.fromMs + span.toMs) / 2;
export const sameSpan = (a: Span, b: Span): boolean => a.fromMs === b.fromMs && a.toMs === b.toMs;
export const overlap = (a: Span, b: Span): number => Math.min(a.toMs, b.toMs) - Math.max(a.fromMs, b.fromMs);

/** In whichever direction it was drawn. */
export const between = (a: number, b: number): Span => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) });

/** Not longer than the whole, not shorter than a pixel can mean, and inside. */
export function inside(span: Span, whole: Span): Span {
  const length = Math.max(leastMs, Math.min(lengthOf(span), lengthOf(whole)));
  const grown = middleOf(span) - length / 2;
  const wanted = length === lengthOf(span) ? span.fromMs : grown;
  const fromMs = Math.max(whole.fromMs, Math.min(wanted, whole.toMs - length));
  return { fromMs, toMs: fromMs + length };
}

/** Factor below 1 looks closer; what stands at `atMs` stays where it is. */
export function zoomed(span: Span, factor: number, atMs: number, whole: Span): Span {
  const length = Math.max(leastMs, Math.min(lengthOf(span) * factor, lengthOf(whole)));
  const part = (atMs - span.fromMs) / lengthOf(span);
  const fromMs = atMs - part * length;
  return inside({ fromMs, toMs: fromMs + length }, whole);
}

/** `by` in parts of what is seen. */
export function panned(span: Span, by: number, whole: Span): Span {
  const byMs = by * lengthOf(span);
  return inside({ fromMs: span.fromMs + byMs, toMs: span.toMs + byMs }, whole);
}

/** With as much room on both sides as the thing itself takes. */
export function around(thing: Span, whole: Span): Span {
  const room = Math.max(lengthOf(thing), leastMs);
  return inside({ fromMs: thing.fromMs - room, toMs: thing.toMs + room }, whole);
}

/** Moved only as far as needed to see it; left as it is when the thing is longer than what is seen. */
export function showing(span: Span, thing: Span, whole: Span): Span {
  if (overlap(span, thing) >= Math.min(lengthOf(thing), lengthOf(span)) * 0.999) return span;
  const length = lengthOf(span);
  const fromMs = (thing.fromMs + thing.toMs) / 2 - length / 2;
  return inside({ fromMs, toMs: fromMs + length }, whole);
}

export const msAt = (span: Span, width: number, x: number): number =>
  span.fromMs + (x / Math.max(1, width)) * lengthOf(span);
export const xOf = (span: Span, width: number, ms: number): number => ((ms - span.fromMs) / lengthOf(span)) * width;
