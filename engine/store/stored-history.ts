// A file for reading in; what the recording says of the objects that it followed, out. Used by reader.ts.
import { type RawChanges, type RawPlace, watchStates } from "../../shared/records.ts";
import { decodeChanges } from "../../shared/wire-history.ts";
import type { HistoryReader, WatchedObject } from "./history-reader.ts";
import { intact } from "./intact.ts";
import { addressesOf } from "./numbers.ts";
import { unpack } from "./packed.ts";
import {
  boundedBlob,
  boundedText,
  bytesAt,
  longestBlob,
  mostRows,
  numberAt,
  type Row,
  readableRows,
  type Source,
  textAt,
} from "./rows.ts";

const mostFrames = 64;
const mostObjects = 64;

export class StoredHistory implements HistoryReader {
  readonly objects: readonly WatchedObject[];
  readonly places: ReadonlyMap<number, RawPlace>;
  readonly originNs: number;
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
    const rows = (query: string) => Array.from(readableRows(source, `${query} LIMIT ${mostRows}`));
    const objects =
      rows(`SELECT watched.id, ${boundedText("address")}, ${boundedText("text")}, first, last, state, produced, dropped, stored, origin
      FROM watched JOIN name ON name.id = type ORDER BY watched.id`).slice(0, mostObjects);
    this.objects = objects.map(objectOf);
    this.originNs = objects[0] ? numberAt(objects[0], 9) : 0;
    this.places = new Map(
      rows(`SELECT id, code, instruction, ${boundedBlob("native")} FROM place`).map((row) => [
        numberAt(row, 0),
        placeOf(row),
      ]),
    );
  }

  *chunks(): Generator<RawChanges> {
    const query = `SELECT records, size, crc, ${boundedBlob("changes")} FROM history_chunk ORDER BY t`;
    for (const row of readableRows(this.#source, query)) {
      const bytes = () => unpack(bytesAt(row, 3), Math.min(longestBlob, numberAt(row, 1)));
      const read = (found: Uint8Array) => decodeChanges(found, numberAt(row, 0));
      const changes = intact(this.#source.damage, numberAt(row, 2), bytes, read);
      if (changes) yield changes;
    }
  }
}

function objectOf(row: Row): WatchedObject {
  const [produced, stored] = [numberAt(row, 6), numberAt(row, 8)];
  return {
    id: numberAt(row, 0),
    address: addressAt(row, 1),
    type: textAt(row, 2),
    first: numberAt(row, 3),
    last: numberAt(row, 4),
    state: watchStates[numberAt(row, 5)] ?? "left",
    produced: Math.max(produced, stored),
    stored,
    dropped: Math.max(numberAt(row, 7), produced - stored),
  };
}

const placeOf = (row: Row): RawPlace => ({
  id: numberAt(row, 0),
  code: numberAt(row, 1),
  instruction: numberAt(row, 2),
  native: addressesOf(bytesAt(row, 3), mostFrames),
});

function addressAt(row: Row, column: number): bigint {
  const text = textAt(row, column);
  return /^0x[0-9a-f]{1,16}$/.test(text) ? BigInt(text) : 0n;
}
