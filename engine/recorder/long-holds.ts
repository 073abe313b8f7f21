// Holds over the threshold and the waits that follow them in; which of them there are and who waited for each out. Used by hold-sums.ts.
import type { LongHoldEntry } from "../store/gil-writer.ts";

/** Of more than this, those that nobody, or only for a short time, waited for go first. */
const most = 10_000;
/** So many may come between two times that some are taken out, and so many of the newest may still be waited for. */
const slack = 2_000;
const mostWaiters = 4096;

interface LongHold extends LongHoldEntry {
  waited: number;
  readonly released: number;
  readonly waiters: number[];
}

export class LongHolds {
  /** In the order of their release. */
  #holds: LongHold[] = [];
  #changed = new Set<LongHold>();
  #gone: number[] = [];
  #left = 0;
  #newest = Number.NEGATIVE_INFINITY;

  /** How many are not listed. */
  get left(): number {
    return this.#left;
  }
  /** A wait that began before this may have been for one of them. */
  get newest(): number {
    return this.#newest;
  }

  add(entry: LongHoldEntry): void {
    const released = entry.acquired + entry.held;
    const hold = { ...entry, released, waiters: [] };
    this.#holds.push(hold);
    this.#changed.add(hold);
    this.#newest = Math.max(this.#newest, released);
    if (this.#holds.length >= most + 2 * slack) this.#trim(this.#holds.length - slack);
  }

  /** A thread waited from one time on, to the end of every hold after it. */
  waited(thread: number, from: number): void {
    for (let at = this.#holds.length - 1; at >= 0; at--) {
      const hold = this.#holds[at];
      if (!hold || hold.released <= from) return;
      if (hold.thread === thread || hold.waiters.includes(thread)) continue;
      hold.waited += hold.released - Math.max(from, hold.acquired);
      if (hold.waiters.length < mostWaiters) hold.waiters.push(thread);
      this.#changed.add(hold);
    }
  }

  /** At the end, when all waits are known. */
  finish(): void {
    if (this.#holds.length > most) this.#trim(this.#holds.length);
  }

  /** What is to be written, and the numbers of holds that are not to be listed any more. */
  take(): { readonly changed: readonly LongHoldEntry[]; readonly gone: readonly number[] } {
    const taken = { changed: [...this.#changed], gone: this.#gone };
    this.#changed = new Set();
    this.#gone = [];
    return taken;
  }

  /** Keeps `most` of the first `among`, and all after them. */
  #trim(among: number): void {
    const ranked = this.#holds.slice(0, among).sort((a, b) => b.waited - a.waited || b.held - a.held);
    const out = new Set(ranked.slice(most));
    this.#holds = this.#holds.filter((hold) => !out.has(hold));
    for (const hold of out) {
      this.#changed.delete(hold);
      this.#gone.push(hold.index);
    }
    this.#left += out.size;
  }
}
