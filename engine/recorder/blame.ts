// Waits in; how much of each is whose fault out: a wait is shared among the threads that held the GIL meanwhile, by how long each
// did. What lies between a release and the next acquisition is nobody's, so shares are of the whole wait. Used by hold-sums.ts.
import type { RawGil } from "../../shared/records.ts";
import { Pairs } from "./pairs.ts";
import { RecentHolds } from "./recent-holds.ts";
import { Shares } from "./shares.ts";
import type { ThreadSlots } from "./thread-slots.ts";

/** Pairs of open waits that are kept; more of them than this is a thousand threads that wait. */
const mostOpen = 1 << 14;

export class Blame {
  readonly pairs = new Pairs();
  readonly #recent = new RecentHolds();
  readonly #shares = new Shares();

  reach(capacity: number): void {
    this.#recent.reach(capacity);
    this.#shares.reach(capacity);
  }

  /** A hold that has ended; after the waits that ended before it. */
  held(slot: number, released: number, held: number): void {
    this.#recent.push(slot, released, held);
  }

  /** A wait that has ended. A convoy is one through a whole switch interval, blamed on the thread that held for most of it. */
  waited(slot: number, from: number, to: number, convoy: boolean): void {
    const only = this.#recent.only(from);
    if (only >= 0) {
      if (only === slot) return;
      this.pairs.add(slot, only, to - from);
      if (convoy) this.pairs.convoy(slot, only, to - from);
      return;
    }
    this.#recent.share(from, to, this.#shares);
    const most = this.#shared(slot, to - from);
    if (convoy && most >= 0) this.pairs.convoy(slot, most, to - from);
    this.#shares.clear();
  }

  /** Triples of waiter, holder and nanoseconds of the waits that have not ended at `now`. Times in `gil` less `origin` are those of the holds. */
  open(gil: RawGil, slots: ThreadSlots, origin: number, now: number): readonly number[] {
    const triples: number[] = [];
    const holder = gil.open.find(({ state }) => state === "holding");
    for (const { thread, state, since } of gil.open) {
      if (state !== "waiting" || triples.length >= 3 * mostOpen) continue;
      const from = since - origin;
      const slot = slots.of(thread);
      this.#recent.share(from, now, this.#shares);
      if (holder) this.#shares.add(slots.of(holder.thread), now - Math.max(from, holder.since - origin));
      const scale = (now - from) / this.#shares.without(slot);
      for (let at = 0; at < this.#shares.count; at++) {
        const to = this.#shares.slotAt(at);
        if (to !== slot) triples.push(slots.idOf(slot), slots.idOf(to), this.#shares.of(to) * scale);
      }
      this.#shares.clear();
    }
    return triples;
  }

  /** Gives the thread with the largest share; -1 when nobody is known to have held. */
  #shared(waiter: number, wait: number): number {
    const shares = this.#shares;
    const scale = wait / shares.without(waiter);
    let most = -1;
    for (let at = 0; at < shares.count; at++) {
      const holder = shares.slotAt(at);
      if (holder === waiter) continue;
      this.pairs.add(waiter, holder, shares.of(holder) * scale);
      if (most < 0 || shares.of(holder) > shares.of(most)) most = holder;
    }
    return most;
  }
}
