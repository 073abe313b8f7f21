// Starts and ends of an engine's process in, whether one more start is worth it out. Next: engine-keeper.ts.
import { ok, type Result } from "../../shared/failures.ts";
import { endsAtOnce } from "./refusals.ts";

const quickMs = 10_000;
const quickAtMost = 5;

/** A page asks again with growing pauses; here is only counted how often that was of no use. */
export class Restarts {
  readonly #nowMs: () => number;
  #startedMs = 0;
  #quick = 0;
  #why = "";

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  started(): void {
    this.#startedMs = this.#nowMs();
  }

  ended(why: string): void {
    this.#quick = this.#nowMs() - this.#startedMs < quickMs ? this.#quick + 1 : 0;
    this.#why = why;
  }

  /** Refused until somebody asks for it by hand. */
  allowed(): Result<void> {
    return this.#quick < quickAtMost ? ok(undefined) : endsAtOnce(this.#quick, this.#why);
  }

  forget(): void {
    this.#quick = 0;
  }
}
