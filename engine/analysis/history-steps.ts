// A reader in; the count of each followed object over time in at most so many points out, however many changes there were. Next: queries.ts.
import type { HistorySteps, ObjectSteps } from "../../shared/history-views.ts";
import type { HistoryReader, WatchedObject } from "../store/history-reader.ts";

type Step = ObjectSteps["points"][number];
interface Read {
  readonly history: HistoryReader | undefined;
}

/** Undefined when the recording followed none. */
export function historySteps({ history }: Read, most: number): HistorySteps | undefined {
  if (!history) return undefined;
  return { objects: history.objects.map((object) => stepsOf(history, object, most)) };
}

function stepsOf(history: HistoryReader, object: WatchedObject, most: number): ObjectSteps {
  const thinned = new Thinned(Math.max(4, most));
  let [count, changes, gapless] = [object.first, 0, true];
  let end: Step | undefined;
  for (const rows of history.chunks())
    for (let row = 0; row < rows.length; row++) {
      if (rows.object[row] !== object.id) continue;
      const [delta, after] = [rows.delta[row] ?? 0, rows.count[row] ?? 0];
      gapless &&= count + delta === after;
      count = after;
      changes++;
      end = { t: ((rows.time[row] ?? 0) - history.originNs) / 1e6, refcount: after };
      thinned.add(end);
    }
  return {
    address: `0x${object.address.toString(16)}`,
    type: object.type,
    state: object.state,
    complete: gapless && object.dropped === 0 && ["followed", "freed", "left"].includes(object.state),
    dropped: object.dropped,
    changes,
    first: object.first,
    last: changes === 0 ? object.last : count,
    points: thinned.points(end),
  };
}

/** So many changes become one piece that pieces never are too many; a piece keeps its least and its most, in their order. */
class Thinned {
  readonly #most: number;
  #pieces: Piece[] = [];
  #size = 1;
  #inLast = 0;

  constructor(most: number) {
    this.#most = most;
  }
  add(step: Step): void {
    const last = this.#pieces.at(-1);
    if (last && this.#inLast < this.#size) {
      this.#pieces[this.#pieces.length - 1] = joined(last, { least: step, most: step });
      this.#inLast++;
    } else {
      this.#pieces.push({ least: step, most: step });
      this.#inLast = 1;
    }
    // One is left for the very last change.
    if (this.#pieces.length * Math.min(2, this.#size) > this.#most - 1) this.#halve();
  }
  #halve(): void {
    const halves: Piece[] = [];
    for (let at = 0; at < this.#pieces.length; at += 2) {
      const [one, two] = [this.#pieces[at], this.#pieces[at + 1]];
      if (one) halves.push(two ? joined(one, two) : one);
    }
    if (this.#pieces.length % 2 === 0) this.#inLast += this.#size;
    this.#pieces = halves;
    this.#size *= 2;
  }
  points(end: Step | undefined): Step[] {
    const points = this.#pieces.flatMap(({ least, most }) =>
      least === most ? [least] : least.t <= most.t ? [least, most] : [most, least],
    );
    return end && points.at(-1) !== end ? [...points, end] : points;
  }
}

interface Piece {
  readonly least: Step;
  readonly most: Step;
}
const joined = (one: Piece, two: Piece): Piece => ({
  least: two.least.refcount < one.least.refcount ? two.least : one.least,
  most: two.most.refcount > one.most.refcount ? two.most : one.most,
});
