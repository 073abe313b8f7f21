// Batches with holds, errors and calls written from the document in, the same back out; whatever else the bytes are, a refusal.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BatchContent, type BatchHold, encodeBatch } from "../test/fixtures/encode-batch.ts";
import { errorActs } from "./records.ts";
import { batchHeader, decodeBatch, sectionHeader } from "./wire.ts";
import { WireError } from "./wire-error.ts";
import { decodeErrors } from "./wire-errors.ts";
import { decodeHolds } from "./wire-gil.ts";

const natural = fc.nat({ max: 2 ** 31 - 1 });
const step = fc.nat({ max: 2 ** 40 });
const hold = fc.record({
  index: step,
  released: step,
  thread: natural,
  flags: fc.nat(31),
  intervals: fc.nat(2 ** 20),
  held: fc.maxSafeNat(),
  waited: fc.maxSafeNat(),
});
/** Index and release rise by the drawn steps. */
function rising(holds: readonly BatchHold[]): readonly BatchHold[] {
  let [index, released] = [0, 0];
  return holds.map((each) => {
    index += each.index;
    released += each.released;
    return { ...each, index, released };
  });
}
const rows = fc.uniqueArray(natural, { maxLength: 50 }).map((keys) => keys.sort((a, b) => a - b));
const content = fc.record({
  sequence: fc.maxSafeNat(),
  time: fc.maxSafeNat(),
  produced: fc.record({ holds: fc.maxSafeNat(), errors: fc.maxSafeNat() }),
  dropped: fc.record({ holds: fc.maxSafeNat(), errors: fc.maxSafeNat() }),
  holds: fc.array(hold, { maxLength: 40 }).map(rising),
  gil: fc.record({
    switches: fc.maxSafeNat(),
    intervalMicroseconds: natural,
    open: fc.array(
      fc.record({
        thread: natural,
        state: fc.constantFrom("waiting" as const, "holding" as const),
        since: fc.maxSafeNat(),
      }),
      { maxLength: 10 },
    ),
  }),
  errorKeys: fc.array(fc.record({ id: natural, act: fc.nat(errorActs.length - 1), type: natural, site: natural }), {
    maxLength: 20,
  }),
  errors: rows.map((keys) => keys.map((key) => ({ key, count: key % 1000, chained: key % 7 }))),
  calls: rows.map((ids) => ids.map((id) => ({ id, calls: (id % 100_000) + 1 }))),
});

test("what is written is read", () => {
  fc.assert(
    fc.property(content, (batch) => {
      const read = decodeBatch(encodeBatch(batch));
      expect(read.produced).toEqual({ allocations: 0, frees: 0, ...batch.produced });
      expect(read.dropped).toEqual({ allocations: 0, frees: 0, ...batch.dropped });
      const { length, index, released, thread, flags, intervals, held, waited } = read.holds;
      expect(
        Array.from({ length }, (_, row) => ({
          index: index[row],
          released: released[row],
          thread: thread[row],
          flags: flags[row],
          intervals: intervals[row],
          held: held[row],
          waited: waited[row],
        })),
      ).toEqual(batch.holds);
      expect(decodeHolds(read.holdBytes, length)).toEqual(read.holds);
      expect([read.gil, read.calls]).toEqual([batch.gil, batch.calls]);
      expect(read.errorKeys).toEqual(batch.errorKeys.map((key) => ({ ...key, act: errorActs[key.act] })));
      const errors = Array.from({ length: read.errors.length }, (_, row) => ({
        key: read.errors.key[row],
        count: read.errors.count[row],
        chained: read.errors.chained[row],
      }));
      expect(errors).toEqual(batch.errors);
      expect(decodeErrors(read.errorBytes, read.errors.length)).toEqual(read.errors);
    }),
  );
});

test("a batch without them has none", () => {
  const read = decodeBatch(encodeBatch({ sequence: 1, time: 1 }));
  expect([read.holds.length, read.gil, read.errors.length, read.calls]).toEqual([0, undefined, 0, []]);
});

const full: BatchContent = {
  sequence: 7,
  time: 1e12,
  produced: { holds: 2, errors: 3 },
  holds: [
    { index: 5, released: 1e12, thread: 1, flags: 2, intervals: 3, held: 1e6, waited: 2e6 },
    { index: 6, released: 1e12 + 1e6, thread: 2, flags: 1, intervals: 0, held: 5e5, waited: 90 },
  ],
  gil: { switches: 2, intervalMicroseconds: 5000, open: [{ thread: 1, state: "waiting", since: 1e12 }] },
  errorKeys: [{ id: 4, act: 1, type: 2, site: 3 }],
  errors: [{ key: 4, count: 3, chained: 1 }],
  calls: [{ id: 1, calls: 100 }],
};
const small = encodeBatch(full);
/** The name of what decoding ends in. */
function outcome(bytes: Uint8Array): string {
  try {
    decodeBatch(bytes);
    return "read";
  } catch (error) {
    return error instanceof WireError || error instanceof RangeError ? "refused" : String(error);
  }
}

describe("what is no batch is refused", () => {
  test("every truncation", () => {
    for (let length = 0; length < small.length; length++)
      expect([length, outcome(small.subarray(0, length))]).toEqual([length, "refused"]);
  });

  test("a section that says it holds more than it does", () => {
    const view = new DataView(small.buffer);
    let at: number = batchHeader.size;
    for (let left = view.getUint16(batchHeader.sections, true); left > 0; left--) {
      const length = view.getUint32(at + sectionHeader.bytes, true);
      for (const records of [length + 1, 0xffff_ffff]) {
        const copy = small.slice();
        new DataView(copy.buffer).setUint32(at + sectionHeader.records, records, true);
        expect([view.getUint32(at, true), outcome(copy)]).toEqual([view.getUint32(at, true), "refused"]);
      }
      at += sectionHeader.size + length;
    }
  });

  test("an act that there is not", () => {
    const errorKeys = [{ id: 1, act: errorActs.length, type: 1, site: 1 }];
    expect(() => decodeBatch(encodeBatch({ sequence: 0, time: 0, errorKeys }))).toThrow(WireError);
  });

  test("any change of a real batch is refused or read, and ends", () => {
    const change = fc.tuple(fc.nat(small.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const copy = small.slice();
        for (const [at, byte] of changes) copy[at] = byte;
        return ["read", "refused"].includes(outcome(copy));
      }),
      { numRuns: 3000 },
    );
  });

  test("any bytes as holds or errors", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(300), (bytes, length) =>
        [decodeHolds, decodeErrors].every((decode) => {
          try {
            return decode(bytes, length).length === length;
          } catch (error) {
            return error instanceof WireError || error instanceof RangeError;
          }
        }),
      ),
      { numRuns: 2000 },
    );
  });
});
