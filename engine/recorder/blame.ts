// Waits in; how much of each is whose fault out: a wait is shared among the threads that held the GIL meanwhile, by how long each
// did. What lies between a release and the next acquisition is nobody's, so shares are of the whole wait. Used by hold-sums.ts.
import type { RawGil } from "../../shared/records.ts";
import type { HoldColumns } from "./hold-columns.ts";
import { Pairs } from "./pairs.ts";
import { RecentHolds, type Wait } from "./recent-holds.ts";
import { Shares } from "./shares.ts";
import type { ThreadSlots } from "./thread-slots.ts";

/** Pairs of open waits that are kept; more of them than this is a thousand threads that wait. */
const mostOpen = 1 << 14;

export class Blame {
  readonly pairs = new Pairs();
  readonly #recent = new RecentHolds();
  readonly #shares = new Shares();
  readonly #wait: Wait = new Float64Array(2);
  readonly #scale = new Float64Array(1);

  reach(capacity: number): void {
    this.#recent.reach(capacity);
    this.#shares.reach(capacity);
  }

  add({ length, slot, intervals, requested, acquired, released, held }: HoldColumns): void {
    const recent = this.#recent;
    const wait = this.#wait;
    for (let row = 0; row < length; row++) {
      const of = slot[row] ?? 0;
      wait[0] = requested[row] ?? 0;
      wait[1] = acquired[row] ?? 0;
      if (wait[0] < wait[1]) this.#waited(of, (intervals[row] ?? 0) > 0);
      recent.push(of, released, held, row);
    }
  }

  /** A convoy is a wait through a whole switch interval, blamed on the thread that held for most of it. */
  #waited(slot: number, convoy: boolean): void {
    const length = (this.#wait[1] ?? 0) - (this.#wait[0] ?? 0);
    const only = this.#recent.only(this.#wait);
    if (only >= 0) {
      if (only === slot) return;
      this.pairs.add(slot, only, length);
      if (convoy) this.pairs.convoy(slot, only, length);
      return;
    }
    this.#recent.share(this.#wait, this.#shares);
    this.#scale[0] = length / this.#shares.totalWithout(slot);
    const most = this.pairs.addShares(slot, this.#shares, this.#scale);
    if (convoy && most >= 0) this.pairs.convoy(slot, most, length);
    this.#shares.clear();
  }

  /** Triples of waiter, holder and nanoseconds of the waits that have not ended at `now`. Times in `gil` less `origin` are those of the holds. */
  open(gil: RawGil, slots: ThreadSlots, origin: number, now: number): readonly number[] {
    const triples: number[] = [];
    const holder = gil.open.find(({ state }) => state === "holding");
    for (const { thread, state, since } of gil.open) {
      if (state !== "waiting" || triples.length >= 3 * mostOpen) continue;
      const from = since - origin;
      const [slot, shares] = [slots.of(thread), this.#shares];
      this.#recent.share(Float64Array.of(from, now), shares);
      if (holder) shares.add(slots.of(holder.thread), now - Math.max(from, holder.since - origin));
      const scale = (now - from) / shares.totalWithout(slot);
      for (const to of shares.slots.subarray(0, shares.count))
        if (to !== slot) triples.push(slots.idOf(slot), slots.idOf(to), (shares.ns[to] ?? 0) * scale);
      shares.clear();
    }
    return triples;
  }
}
