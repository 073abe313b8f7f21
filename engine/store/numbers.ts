// Varints of a column in, the numbers out, up to where they end. Used by names.ts, stored-gil.ts, gil-state.ts.
import { Cursor } from "../../shared/cursor.ts";

const mostNumbers = 1 << 20;

/** A column anybody may have written: what follows the first byte that is no varint is left out. */
function each<T>(bytes: Uint8Array, most: number, next: (cursor: Cursor) => T): readonly T[] {
  const cursor = new Cursor(bytes);
  const found: T[] = [];
  try {
    while (found.length < Math.min(most, bytes.length)) found.push(next(cursor));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

export const numbersOf = (bytes: Uint8Array, most: number = mostNumbers): readonly number[] =>
  each(bytes, most, (cursor) => cursor.unsigned());

export const addressesOf = (bytes: Uint8Array, most: number): readonly bigint[] =>
  each(bytes, most, (cursor) => BigInt.asUintN(64, cursor.address()));
