// Beats to the agent, so that it stays: one every 250 ms, and one for every batch that is stored. Without them it takes
// everything out by itself. Next: agent/.
import { type Beat, beatEveryMs } from "../../shared/agent-protocol.ts";

/** Sequence numbers count from 0 or 1: this says that nothing is stored yet. */
const nothing = -1;

export class Heartbeat {
  readonly #post: (beat: Beat) => void;
  readonly #timer: NodeJS.Timeout;
  #acknowledged = nothing;

  constructor(post: (beat: Beat) => void, everyMs: number = beatEveryMs) {
    this.#post = post;
    this.#beat();
    this.#timer = setInterval(() => this.#beat(), everyMs);
  }

  /** Everything up to this batch is on the disk. */
  stored(sequence: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, sequence);
    this.#beat();
  }
  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    this.#post({ type: "beat", acknowledged: this.#acknowledged });
  }
}
