// Counts with their times in, events a second over the last second out. Used by recorder.ts.
import { type PerSecond, perSecond } from "../../shared/units.ts";

const windowMs = 1000;

export class Rate {
  #points: { readonly t: number; readonly events: number }[] = [{ t: 0, events: 0 }];

  add(t: number, events: number): void {
    this.#points.push({ t, events });
    while (this.#points.length > 2 && (this.#points[1]?.t ?? t) <= t - windowMs) this.#points.shift();
  }

  get perSecond(): PerSecond {
    const [first, last] = [this.#points[0], this.#points[this.#points.length - 1]];
    if (!first || !last || last.t <= first.t) return perSecond(0);
    return perSecond(((last.events - first.events) * 1000) / (last.t - first.t));
  }
}
