// Steps of a recording in, who asked is told of each with the time since the start. Next: the progress line and the stepper.
import type { Phase } from "../../shared/rpc-contract.ts";
import { type Milliseconds, milliseconds } from "../../shared/units.ts";

export type OnPhase = (phase: Phase, sinceStart: Milliseconds) => void;

export class PhaseClock {
  readonly #start = performance.now();
  readonly #on: OnPhase;
  #phase: Phase = "preflight";

  constructor(on: OnPhase = () => undefined) {
    this.#on = on;
  }
  get phase(): Phase {
    return this.#phase;
  }
  enter(phase: Phase): void {
    this.#phase = phase;
    this.#on(phase, milliseconds(performance.now() - this.#start));
  }
}
