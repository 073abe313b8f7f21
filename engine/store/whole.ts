// A sum of doubles in, what an INTEGER column or a varint may hold out. Used by gil-writer.ts and engine/recorder.

/** A hostile target can make sums as large as it likes. */
export const whole = (value: number): number =>
  Math.round(Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value)));
