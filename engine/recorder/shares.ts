// What threads held during a wait in; how much each did out. Used by blame.ts and recent-holds.ts.
import { grown } from "./thread-slots.ts";

/** A list of those that have some: there are many threads and few of them in a wait. The arrays are open to loops that fill them. */
export class Shares {
  ns = new Float64Array(0);
  slots = new Uint16Array(0);
  count = 0;

  reach(capacity: number): void {
    this.ns = grown(this.ns, new Float64Array(capacity));
    this.slots = grown(this.slots, new Uint16Array(capacity));
  }

  add(slot: number, ns: number): void {
    if (ns <= 0) return;
    const there = this.ns[slot] ?? 0;
    if (there === 0) this.slots[this.count++] = slot;
    this.ns[slot] = there + ns;
  }
  /** All of it; the waiter itself is not to blame. */
  totalWithout(slot: number): number {
    let total = 0;
    for (let at = 0; at < this.count; at++) total += this.ns[this.slots[at] ?? 0] ?? 0;
    return total - (this.ns[slot] ?? 0);
  }
  clear(): void {
    for (let at = 0; at < this.count; at++) this.ns[this.slots[at] ?? 0] = 0;
    this.count = 0;
  }
}
