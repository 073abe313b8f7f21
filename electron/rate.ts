// The times of calls in, "enough" out: a page in a loop must not keep the main process busy. Next: handle.ts.

export interface Rate {
  /** False when this call is one too many. */
  take(): boolean;
}

/** `burst` at once, `perSecond` on average. */
export function createRate(perSecond: number, burst: number, nowMs: () => number): Rate {
  let left = burst;
  let at = nowMs();
  return {
    take() {
      const now = nowMs();
      left = Math.min(burst, left + ((now - at) / 1000) * perSecond);
      at = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
