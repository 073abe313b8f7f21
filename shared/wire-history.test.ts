// Changes written from the document in, the same back out; bytes that say something else, an error.
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeBatch } from "../test/fixtures/encode-batch.ts";
import { decodeBatch } from "./wire.ts";
import { WireError } from "./wire-error.ts";
import { decodeChanges } from "./wire-history.ts";

const natural = fc.nat({ max: 2 ** 31 - 1 });
const change = fc.record({
  time: fc.nat({ max: 2 ** 50 }),
  object: fc.nat({ max: 3 }),
  place: natural,
  thread: natural,
  delta: fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
  count: fc.nat({ max: 2 ** 40 }),
});
const changes = fc.array(change, { maxLength: 50 }).map((rows) => rows.toSorted((a, b) => a.time - b.time));

test("what is written is read", () => {
  fc.assert(
    fc.property(changes, (rows) => {
      const read = decodeBatch(encodeBatch({ sequence: 1, time: 1e12, changes: rows })).changes;
      const found = Array.from({ length: read.length }, (_, row) => ({
        time: read.time[row],
        object: read.object[row],
        place: read.place[row],
        thread: read.thread[row],
        delta: read.delta[row],
        count: read.count[row],
      }));
      expect(found).toEqual(rows);
    }),
  );
});

test("states have names; one that there is not is refused", () => {
  const batch = (state: number) =>
    encodeBatch({ sequence: 1, time: 1e12, watched: [{ id: 2, state, produced: 7, dropped: 1, count: 3 }] });
  expect(decodeBatch(batch(1)).watched).toEqual([{ id: 2, state: "freed", produced: 7, dropped: 1, count: 3 }]);
  expect(() => decodeBatch(batch(9))).toThrow(WireError);
});

test("more changes than bytes, or a change cut short, is refused", () => {
  expect(() => decodeChanges(new Uint8Array(3), 4)).toThrow(WireError);
  expect(() => decodeChanges(new Uint8Array(3), 1)).toThrow(RangeError);
});
