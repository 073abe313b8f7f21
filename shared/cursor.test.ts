// Varints of every size in and out; bytes that are none throw and end.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Cursor } from "./cursor.ts";

/** Written apart from any encoder of the house. */
function leb128(value: bigint): number[] {
  const low = Number(value & 127n);
  return value < 128n ? [low] : [low + 128, ...leb128(value >> 7n)];
}
const over = (bytes: readonly number[]) => new Cursor(Uint8Array.from(bytes));

test("unsigned numbers up to 2^53 come back", () => {
  fc.assert(fc.property(fc.maxSafeNat(), (value) => over(leb128(BigInt(value))).unsigned() === value));
});

test("signed numbers are zigzag", () => {
  expect([0, 1, 2, 3, 4].map((byte) => over([byte]).signed())).toEqual([0, -1, 1, -2, 2]);
  const half = fc.integer({ min: -(2 ** 51), max: 2 ** 51 });
  fc.assert(
    fc.property(
      half,
      (value) => over(leb128(value < 0 ? BigInt(-2 * value - 1) : BigInt(2 * value))).signed() === value,
    ),
  );
});

test("addresses of 64 bits come back", () => {
  fc.assert(fc.property(fc.bigInt(0n, 2n ** 64n - 1n), (value) => over(leb128(value)).address() === value));
});

test("one after the other", () => {
  const cursor = over([...leb128(300n), ...leb128(5n), ...leb128(2n ** 40n)]);
  expect([cursor.unsigned(), cursor.signed(), cursor.address()]).toEqual([300, -3, 2n ** 40n]);
});

test("bytes that end too early, or never, throw", () => {
  for (const bytes of [[], [0x80], Array.from({ length: 30 }, () => 0xff)]) {
    expect(() => over(bytes).unsigned()).toThrow(RangeError);
    expect(() => over(bytes).signed()).toThrow(RangeError);
    expect(() => over(bytes).address()).toThrow(RangeError);
  }
});
