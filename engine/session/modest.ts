// Nothing in, this process behind what it records when both want a processor. Used by session.ts.
import { setPriority } from "node:os";

/** Of nice(2): a third of the weight of a process at 0. What the recorder is then too slow for is counted as dropped. */
const nice = 5;

/** The main thread alone, which decodes and stores; the bridge does the same for itself. */
export function yieldToTarget(): void {
  try {
    setPriority(nice);
  } catch {
    // It has a lower priority already, or may not choose.
  }
}
