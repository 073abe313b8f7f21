// Holds in; who held during a span of them out, against a sum over all of them.
import { expect, test } from "vitest";
import { RecentHolds } from "./recent-holds.ts";
import { Shares } from "./shares.ts";

const threads = 5;
/** Holds without gaps, of changing length and thread; deterministic. */
const holdsOf = (length: number) => {
  let released = 0;
  return Array.from({ length }, (_, at) => {
    const held = 10 + ((at * 7919) % 97);
    released += held;
    return { slot: (at * 31 + (at >> 5)) % threads, released, held };
  });
};

test("a span of any length is shared as a sum over all holds would", () => {
  const holds = holdsOf(20_000);
  const recent = new RecentHolds();
  const shares = new Shares();
  recent.reach(64);
  shares.reach(64);
  for (const { slot, released, held } of holds) recent.push(slot, Float64Array.of(released), Float64Array.of(held), 0);
  const to = holds.at(-1)?.released ?? 0;
  for (const back of [1, 5, 60, 700, 15_000, 26_000, 300_000, 1_100_000, 2 * to]) {
    const from = to - back;
    recent.share(Float64Array.of(from, to), shares);
    const exact = new Array<number>(threads).fill(0);
    for (const { slot, released, held } of holds)
      exact[slot] = (exact[slot] ?? 0) + Math.max(0, released - Math.max(from, released - held));
    expect([back, exact.map((_, slot) => shares.ns[slot] ?? 0)]).toEqual([back, exact]);
    shares.clear();
  }
});

test("one hold that covers the whole span is told at once", () => {
  const recent = new RecentHolds();
  recent.reach(64);
  const only = (from: number) => recent.only(Float64Array.of(from, 400));
  expect(only(0)).toBe(-1);
  recent.push(1, Float64Array.of(100, 300), Float64Array.of(100, 150), 0);
  recent.push(2, Float64Array.of(100, 300), Float64Array.of(100, 150), 1);
  expect([only(299), only(150), only(149), only(300)]).toEqual([2, 2, -1, -1]);
});
