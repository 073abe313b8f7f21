// A reader in; the history of each followed object out: its changes with their places, and what each function added up to. Next: queries.ts.
import type { Histories, History, HistoryEvent } from "../../shared/documents.ts";
import type { RawChanges } from "../../shared/records.ts";
import type { SourceLines } from "../store/audit-reader.ts";
import type { HistoryReader, WatchedObject } from "../store/history-reader.ts";
import { type PlaceNames, placeNames } from "./places.ts";
import type { Recorded } from "./recorded.ts";

export interface Read extends Pick<Recorded, "facts" | "names" | "file"> {
  readonly history: HistoryReader | undefined;
  sourceLines(): SourceLines;
}

/** Undefined when the recording followed none. */
export function histories(reader: Read, limit: number): Histories | undefined {
  const { history } = reader;
  if (!history) return undefined;
  const places = namedPlaces(reader, history);
  const objects = history.objects.map((object) => historyOf(reader, history, object, places, limit));
  return { schema: "refscope.histories/1", histories: objects };
}

export function namedPlaces(reader: Read, history: HistoryReader): PlaceNames {
  const named = { names: reader.names, lines: reader.sourceLines(), python: reader.facts.target.python };
  return placeNames(named, history);
}

export function historyOf(
  reader: Read,
  history: HistoryReader,
  object: WatchedObject,
  places: PlaceNames,
  limit: number,
): History {
  const events: HistoryEvent[] = [];
  const net = new Net();
  let count = object.first;
  let stored = 0;
  let gapless = true;
  for (const changes of history.chunks())
    for (const row of rowsOf(changes, object.id)) {
      const [delta, after, place] = [changes.delta[row] ?? 0, changes.count[row] ?? 0, changes.place[row] ?? 0];
      gapless &&= count + delta === after;
      count = after;
      stored++;
      net.add(places.owner(place), delta);
      events.push({
        t: ((changes.time[row] ?? 0) - history.originNs) / 1e6,
        delta,
        refcount: after,
        threadId: changes.thread[row] ?? 0,
        ...places.frames(place),
      });
      // Twice as many as wanted, then half of them go: a shift for each would take all day.
      if (events.length >= 2 * limit) events.splice(0, events.length - limit);
    }
  events.splice(0, Math.max(0, events.length - limit));
  const whole = gapless && object.dropped === 0 && reader.file.status === "closed" && events.length === stored;
  return {
    schema: "refscope.history/1",
    object: { address: `0x${object.address.toString(16)}`, type: object.type },
    complete: whole && ["freed", "left"].includes(object.state),
    dropped: object.dropped,
    events,
    net: net.rows(),
    freed: object.state === "freed",
  };
}

function* rowsOf({ length, object }: RawChanges, id: number): Generator<number> {
  for (let row = 0; row < length; row++) if (object[row] === id) yield row;
}

/** Sums by who did it; what adds up to nothing stays, last: that is an answer too. */
class Net {
  readonly #rows = new Map<string, { module: string; function: string; delta: number }>();

  add(owner: { readonly module: string; readonly function: string }, delta: number): void {
    const key = `${owner.module}\0${owner.function}`;
    const row = this.#rows.get(key) ?? { module: owner.module, function: owner.function, delta: 0 };
    row.delta += delta;
    this.#rows.set(key, row);
  }
  rows(): History["net"] {
    return [...this.#rows.values()].sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
  }
}
