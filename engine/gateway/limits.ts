// Every wait for Frida ends: how long each may take. Next: bridge.ts, binding.ts, script.ts.
import { type Milliseconds, milliseconds } from "../../shared/units.ts";

export const limits = {
  /** Importing the wheel maps 50 MB; a cold disk takes seconds. */
  start: milliseconds(30_000),
  attach: milliseconds(10_000),
  load: milliseconds(10_000),
  call: milliseconds(30_000),
  detach: milliseconds(5_000),
  other: milliseconds(10_000),
} as const;

/** The promise's value, or `late()` when the time is over first; `promise` itself goes on. */
export async function within<T>(limit: Milliseconds, promise: Promise<T>, late: () => T): Promise<T> {
  const { promise: over, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(late()), limit);
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}
