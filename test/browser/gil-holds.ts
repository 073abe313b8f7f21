// A pattern of holds that comes again and again in, any hold, any range and any sum of it out, without keeping one of them:
// ten million holds for a browser that must not notice. Next: gil-scene.ts.
import type { GilHold } from "../../shared/gil-views.ts";

/** Within one cycle, in milliseconds; holds do not overlap and are in order. */
export interface Beat {
  readonly thread: number;
  readonly atMs: number;
  readonly lastsMs: number;
  /** Before `atMs`; 0 did not wait. */
  readonly waitedMs: number;
  readonly waitedFor?: number;
  readonly forced?: boolean;
}
export interface Pattern {
  readonly cycleMs: number;
  readonly beats: readonly Beat[];
  readonly threads: number;
  readonly lengthMs: number;
  /** Every so many cycles the threads change places, so that it is not the same all over. */
  readonly turnAfter: number;
}

export const holdCount = ({ cycleMs, beats, lengthMs }: Pattern): number =>
  Math.floor(lengthMs / cycleMs) * beats.length;

export function holdAt(pattern: Pattern, index: number): GilHold {
  const { beats, cycleMs } = pattern;
  const cycle = Math.floor(index / beats.length);
  const beat = beats[index % beats.length];
  if (!beat) throw new Error("a pattern without beats");
  const turn = Math.floor(cycle / pattern.turnAfter);
  const thread = (own: number) => 41_277 + ((own + turn) % pattern.threads);
  const wobble = 0.8 + 0.2 * noise(index);
  const acquiredMs = cycle * cycleMs + beat.atMs;
  return {
    hold: index,
    threadId: thread(beat.thread),
    requestMs: Math.max(0, acquiredMs - beat.waitedMs * wobble),
    acquiredMs,
    releasedMs: acquiredMs + beat.lastsMs * wobble,
    waited: beat.waitedMs > 0,
    forced: beat.forced ?? false,
    waitedFor: beat.waitedFor === undefined || beat.waitedMs === 0 ? null : thread(beat.waitedFor),
  };
}

/** The first hold that ends after `ms`. */
export function firstAfter(pattern: Pattern, ms: number): number {
  const cycle = Math.max(0, Math.floor(ms / pattern.cycleMs) - 1);
  const count = holdCount(pattern);
  let index = Math.min(count, cycle * pattern.beats.length);
  while (index < count && holdAt(pattern, index).releasedMs <= ms) index++;
  return index;
}

/** 0 to 1, always the same for a number. */
function noise(n: number): number {
  const mixed = Math.imul(n ^ (n >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 12)) >>> 0) / 2 ** 32;
}

/** Of the range's holds at most so many are looked at; the rest is like them. */
const mostSampled = 32_000;

export interface Visited {
  readonly hold: GilHold;
  /** How many holds this one stands for. */
  readonly weight: number;
}

/** Every hold that overlaps the range, or evenly spread ones of it. */
export function* visit(pattern: Pattern, fromMs: number, toMs: number, most = mostSampled): Generator<Visited> {
  const first = firstAfter(pattern, fromMs);
  const last = Math.min(holdCount(pattern), firstAfter(pattern, toMs) + pattern.beats.length);
  const weight = Math.max(1, Math.ceil((last - first) / most));
  // A step that shares no divisor with the pattern meets all of its beats.
  for (let index = first; index < last; index += weight) {
    const hold = holdAt(pattern, Math.min(last - 1, weight === 1 ? index : index + Math.floor(noise(index) * weight)));
    if (hold.requestMs < toMs) yield { hold, weight };
  }
}
