// Addresses in, the order of their objects out: a radix sort, for there are millions. Used by decode.ts.

const digit = 11;
const buckets = 1 << digit;
const unit = 8;
/** Of an address without its last three bits. */
const addressBits = 45;

/** `order[i]` is the number of the object with the i-th smallest address; equal ones stay as they were. */
export function orderOf(addresses: Float64Array, count: number): Uint32Array<ArrayBuffer> {
  let order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  let sorted = new Uint32Array(count);
  for (let shift = 0; shift < addressBits; shift += digit) {
    pass(addresses, order, sorted, unit * 2 ** shift);
    [order, sorted] = [sorted, order];
  }
  return order;
}

function pass(addresses: Float64Array, order: Uint32Array, sorted: Uint32Array, weight: number): void {
  const starts = new Uint32Array(buckets + 1);
  for (let i = 0; i < order.length; i++) {
    const bucket = digitOf(addresses[i] ?? 0, weight) + 1;
    starts[bucket] = (starts[bucket] ?? 0) + 1;
  }
  for (let i = 1; i <= buckets; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  for (let i = 0; i < order.length; i++) {
    const number = order[i] ?? 0;
    const bucket = digitOf(addresses[number] ?? 0, weight);
    const place = starts[bucket] ?? 0;
    sorted[place] = number;
    starts[bucket] = place + 1;
  }
}

const digitOf = (address: number, weight: number): number => Math.floor(address / weight) % buckets;
