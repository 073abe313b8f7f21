// Steps of a recording in; which one it is at, how long each took, and who asked is told of each, out. Next: the progress line and the stepper.
import type { Phase, RecordingState } from "../../shared/rpc-contract.ts";
import { type Milliseconds, milliseconds } from "../../shared/units.ts";

export type OnPhase = (phase: Phase, sinceStart: Milliseconds) => void;

export class PhaseClock {
  readonly #start = performance.now();
  readonly #on: OnPhase;
  readonly #entered: { readonly phase: Phase; readonly at: number }[] = [];

  constructor(on: OnPhase = () => undefined) {
    this.#on = on;
  }
  get phase(): Phase {
    return this.#entered.at(-1)?.phase ?? "preflight";
  }
  /** The last one goes on. */
  get steps(): RecordingState["steps"] {
    const now = performance.now();
    return this.#entered.map(({ phase, at }, n) => ({ phase, ms: (this.#entered[n + 1]?.at ?? now) - at }));
  }
  enter(phase: Phase): void {
    const at = performance.now();
    this.#entered.push({ phase, at });
    this.#on(phase, milliseconds(at - this.#start));
  }
}
