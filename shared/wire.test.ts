// Batches written from the document in, the same back out; whatever else the bytes are, an error and never a hang.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeDeltas } from "../engine/store/deltas.ts";
import { type BatchContent, encodeBatch } from "../test/fixtures/encode-batch.ts";
import { domains } from "./records.ts";
import { batchHeader, batchLimit, decodeBatch, decodeDeltas, sectionHeader } from "./wire.ts";
import { WireError } from "./wire-error.ts";

const natural = fc.nat({ max: 2 ** 31 - 1 });
const whole = fc.maxSafeNat();
const signed = fc.integer({ min: -(2 ** 51), max: 2 ** 51 });
const counts = fc.record({ allocations: whole, frees: whole });
const row = fc.record({ allocations: signed, frees: signed, allocatedBytes: signed, freedBytes: signed });
const content: fc.Arbitrary<BatchContent> = fc.record({
  sequence: whole,
  time: whole,
  last: fc.boolean(),
  produced: counts,
  dropped: counts,
  sites: fc.array(
    fc.record({
      id: natural,
      native: fc.bigInt(0n, 2n ** 64n - 1n),
      frames: fc.array(fc.tuple(natural, natural), { maxLength: 32 }),
    }),
    { maxLength: 20 },
  ),
  keys: fc.array(fc.record({ id: natural, type: natural, site: natural, domain: fc.nat(domains.length - 1) }), {
    maxLength: 20,
  }),
  rows: fc
    .uniqueArray(natural, { maxLength: 50 })
    .chain((keys) => fc.tuple(...keys.sort((a, b) => a - b).map((key) => row.map((values) => ({ key, ...values }))))),
});

test("what is written is read", () => {
  fc.assert(
    fc.property(content, (batch) => {
      const read = decodeBatch(encodeBatch(batch));
      expect(read).toMatchObject({
        sequence: batch.sequence,
        time: batch.time,
        last: batch.last,
        produced: batch.produced,
        dropped: batch.dropped,
      });
      expect(read.sites).toEqual(
        batch.sites?.map((site) => ({
          ...site,
          frames: site.frames.map(([code, instruction]) => ({ code, instruction })),
        })),
      );
      expect(read.keys).toEqual(batch.keys?.map((key) => ({ ...key, domain: domains[key.domain] })));
      const { deltas } = read;
      const rows = Array.from({ length: deltas.length }, (_, at) => ({
        key: deltas.key[at],
        allocations: deltas.allocations[at],
        frees: deltas.frees[at],
        allocatedBytes: deltas.allocatedBytes[at],
        freedBytes: deltas.freedBytes[at],
      }));
      expect(rows).toEqual(batch.rows);
    }),
  );
});

test("the store's encoder writes what the wire's decoder reads", () => {
  fc.assert(
    fc.property(content, (batch) => {
      const { deltas, deltaBytes } = decodeBatch(encodeBatch(batch));
      expect(Buffer.from(encodeDeltas(deltas))).toEqual(Buffer.from(deltaBytes));
      expect(decodeDeltas(encodeDeltas(deltas), deltas.length)).toEqual(deltas);
    }),
  );
});

const small = encodeBatch({
  sequence: 7,
  time: 1e12,
  produced: { allocations: 9, frees: 4 },
  sites: [
    {
      id: 1,
      native: 0x7fff_0000_1234n,
      frames: [
        [3, 18],
        [4, 200],
      ],
    },
  ],
  keys: [{ id: 5, type: 2, site: 1, domain: 2 }],
  rows: [{ key: 5, allocations: 9, frees: 4, allocatedBytes: 900, freedBytes: -400 }],
});
/** The name of what decoding ends in. */
function outcome(bytes: Uint8Array): string {
  try {
    decodeBatch(bytes);
    return "read";
  } catch (error) {
    return error instanceof WireError || error instanceof RangeError ? "refused" : String(error);
  }
}
/** A copy of the small batch with bytes written over. */
function written(at: number, ...bytes: readonly number[]): Uint8Array {
  const copy = small.slice();
  copy.set(bytes, at);
  return copy;
}

describe("what is no batch is refused", () => {
  test("every truncation, and every byte more", () => {
    for (let length = 0; length < small.length; length++)
      expect([length, outcome(small.subarray(0, length))]).toEqual([length, "refused"]);
    expect(outcome(Uint8Array.from([...small, 0]))).toBe("refused");
  });

  test("another magic, version or length", () => {
    expect(() => decodeBatch(written(batchHeader.magic, 0))).toThrow("no batch magic");
    expect(() => decodeBatch(written(batchHeader.version, 3))).toThrow("wire version 3, known is 2");
    expect(() => decodeBatch(written(batchHeader.bytes, 1))).toThrow("batch length differs");
    expect(() => decodeBatch(new Uint8Array(batchLimit + 1))).toThrow(WireError);
  });

  test("every flipped bit of a section's body", () => {
    let at: number = batchHeader.size;
    const view = new DataView(small.buffer);
    while (at < small.length) {
      const length = view.getUint32(at + sectionHeader.bytes, true);
      for (let byte = at + sectionHeader.size; byte < at + sectionHeader.size + length; byte++) {
        expect(() => decodeBatch(written(byte, (small[byte] ?? 0) ^ 0x10))).toThrow("section checksum differs");
      }
      at += sectionHeader.size + length;
    }
  });

  test("a section that says it holds more than it does", () => {
    const records = batchHeader.size + sectionHeader.records;
    expect(() => decodeBatch(written(records, 0xff, 0xff, 0xff, 0xff))).toThrow("more records than bytes");
    expect(() => decodeBatch(written(records, 2))).toThrow();
    expect(() => decodeBatch(written(batchHeader.size + sectionHeader.bytes, 0xff, 0xff))).toThrow(
      "section outside the batch",
    );
    expect(() => decodeBatch(written(batchHeader.sections, 9))).toThrow("section header outside the batch");
  });

  test("a domain, or a depth, that there is not", () => {
    expect(() =>
      decodeBatch(encodeBatch({ sequence: 0, time: 0, keys: [{ id: 1, type: 1, site: 1, domain: 4 }] })),
    ).toThrow("domain 4");
    const frames = Array.from({ length: 65 }, (): [number, number] => [1, 1]);
    expect(() => decodeBatch(encodeBatch({ sequence: 0, time: 0, sites: [{ id: 1, native: 0n, frames }] }))).toThrow(
      "a site of 65 frames",
    );
  });

  test("any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => outcome(bytes) === "refused"),
      { numRuns: 2000 },
    );
  });

  test("any change of a real batch is refused or read, and ends", () => {
    const change = fc.tuple(fc.nat(small.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const copy = small.slice();
        for (const [at, byte] of changes) copy[at] = byte;
        return ["read", "refused"].includes(outcome(copy));
      }),
      { numRuns: 5000 },
    );
  });

  test("any bytes as deltas", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(300), (bytes, length) => {
        try {
          return decodeDeltas(bytes, length).length === length;
        } catch (error) {
          return error instanceof WireError || error instanceof RangeError;
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test("sections of a kind that is not known are passed over", () => {
  const copy = small.slice();
  copy[batchHeader.size] = 77;
  expect(decodeBatch(copy).sites).toEqual([]);
  expect(decodeBatch(copy).keys).toHaveLength(1);
});
