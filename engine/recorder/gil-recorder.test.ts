// Holds that are drawn in; what the file says of threads, blame and long holds afterwards out.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { holdFlags } from "../../shared/records.ts";
import type { BatchHold } from "../../test/fixtures/encode-batch.ts";
import { collected, drawn, feedRaw, recorded } from "../../test/fixtures/recorded-holds.ts";
import { expectOk, read, recorderAt, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import type { GilReader } from "../store/gil-reader.ts";

const nameOf = (gil: GilReader, thread: number) => gil.threads.get(thread)?.name ?? "?";
/** "b for a 4": b waited 4 ms for a. */
const blameOf = (gil: GilReader): readonly string[] =>
  gil
    .blame()
    .map(({ waiter, holder, ns }) => `${nameOf(gil, waiter)} for ${nameOf(gil, holder)} ${+(ns / 1e6).toFixed(2)}`)
    .sort();

describe("totals", () => {
  test("of holds and waits, for each thread", () => {
    const gil = drawn("HHHHF.....HH......", "wwwwwHHH..........", "........HH..qHH...");
    expect(
      gil
        .totals()
        .map((row) => [
          nameOf(gil, row.thread),
          row.holds,
          row.heldNs / 1e6,
          row.waits,
          row.waitedNs / 1e6,
          row.forced,
        ]),
    ).toEqual([
      ["a", 2, 7, 0, 0, 1],
      ["b", 1, 3, 1, 5, 0],
      ["c", 2, 4, 0, 0, 0],
    ]);
    expect(gil.totals().map((row) => [row.holdMaxNs / 1e6, row.waitMaxNs / 1e6])).toEqual([
      [5, 0],
      [3, 5],
      [2, 0],
    ]);
    expect(gil.facts).toMatchObject({
      switches: 4,
      switchesCounted: 4,
      intervalMicroseconds: 5000,
      thresholdMs: 10,
      originNs: 1e12 - 1e8,
      detailFromMs: 0,
    });
  });

  test("quantiles within 1 %", () => {
    const held = Array.from({ length: 5000 }, (_, at) => (Math.round(1.003 ** at) % 50_000_000) + 17);
    const gil = recorded((recorder) =>
      feedRaw(
        recorder,
        held.map((ns) => ({ thread: 1, held: ns, waited: ns, flags: holdFlags.waited })),
      ),
    );
    const sorted = held.toSorted((a, b) => a - b);
    const [totals] = gil.totals();
    for (const part of [0, 0.01, 0.25, 0.5, 0.9, 0.99, 1]) {
      const exact = sorted[Math.max(0, Math.ceil(part * held.length) - 1)] ?? 0;
      for (const histogram of [totals?.holdHistogram, totals?.waitHistogram])
        expect(Math.abs((histogram?.quantile(part) ?? 0) - exact) / exact).toBeLessThan(0.01);
    }
    expect([...(totals?.holdHistogram.bars() ?? [])].reduce((sum, { count }) => sum + count, 0)).toBe(5000);
  });

  test("more threads than are told apart are one", () => {
    const gil = recorded((recorder) =>
      feedRaw(
        recorder,
        Array.from({ length: 33_000 }, (_, at) => ({ thread: at, held: 1000 })),
      ),
    );
    const totals = gil.totals();
    expect([totals.length, totals.reduce((sum, { holds }) => sum + holds, 0), totals.at(-1)?.holds]).toEqual([
      32_768,
      33_000,
      33_000 - 32_767,
    ]);
    expect(gil.threads.get(totals.at(-1)?.thread ?? 0)?.name).toBe("other threads");
  });
});

describe("blame", () => {
  test("is of who held meanwhile, by how long", () => {
    expect(blameOf(drawn("HHHHHH........  ", "wwwwwwHH......  ", ".wwwwwwwHHHH..  "))).toEqual([
      "b for a 6",
      "c for a 5",
      "c for b 2",
    ]);
  });

  test("of a wait with a gap is of the whole wait", () => {
    expect(blameOf(drawn("HHHH....  ", "wwwwwwHH  "))).toEqual(["b for a 6"]);
  });

  test("is nobody's when nobody held", () => {
    expect(blameOf(drawn("wwwwHH  ", "........"))).toEqual([]);
  });

  test("of a wait that is still open is of the hold that is still open", () => {
    const gil = drawn("HHHHHHHHHH", "..wwwwwwww", ".wwwwwwwww");
    expect(blameOf(gil)).toEqual(["b for a 98", "c for a 99"]);
    expect(gil.now?.gil.open.map(({ thread, state }) => `${nameOf(gil, thread)} ${state}`)).toEqual([
      "a holding",
      "b waiting",
      "c waiting",
    ]);
  });

  test("of a convoy is of who held for most of it", () => {
    const gil = drawn("HHHHHHHHHF  HHHHHHF.....", "wwwwwwwwwwHHwwwwwwwHH...", "....................HH..");
    expect(gil.blame().filter(({ convoyWaits }) => convoyWaits > 0)).toEqual([
      expect.objectContaining({ waiter: 2, holder: 1, convoyWaits: 2, convoyNs: 17e6 }),
    ]);
  });

  test("adds up to the waits, also through more holds than are kept one by one", () => {
    const holds: (Partial<BatchHold> & { thread: number })[] = [];
    for (let at = 0; at < 20_000; at++) holds.push({ thread: 1 + (at % 7), held: 1000 + (at % 300) });
    const waited = 20e6;
    holds.push({ thread: 9, held: 1000, waited, flags: holdFlags.waited, intervals: 4 });
    const gil = recorded((recorder) => feedRaw(recorder, holds));
    const blame = gil.blame();
    expect(blame).toHaveLength(7);
    expect(Math.abs(blame.reduce((sum, { ns }) => sum + ns, 0) - waited)).toBeLessThan(10);
    // Each of the seven takes every seventh hold, so each has close to a seventh of the wait.
    for (const { ns } of blame) expect(Math.abs(ns / waited - 1 / 7)).toBeLessThan(0.001);
  });
});

describe("long holds", () => {
  const long = "H".repeat(50);
  test("know who waited while they lasted", () => {
    const gil = drawn(`${long}..........`, `${".".repeat(20)}${"w".repeat(30)}HH........`, `${"w".repeat(52)}HH......`);
    expect(gil.longHolds()).toEqual([
      { index: 0, thread: 1, acquiredMs: 0, heldMs: 50, waitedMs: 80, unfinished: false, waiters: [2, 3] },
    ]);
  });

  test("also of a wait that has not ended", () => {
    const gil = drawn(`${long}H......`, `${"w".repeat(58)}`);
    expect(gil.longHolds().map(({ waiters, waitedMs }) => [waiters, waitedMs])).toEqual([[[2], 51]]);
  });

  test("of many, those that others waited for longest are listed, and the rest is counted", () => {
    const path = join(temporaryFolder(), "a.refscope");
    const recorder = recorderAt(path, { collected });
    const holds = Array.from({ length: 16_000 }, (_, at) => ({
      thread: 1 + (at % 2),
      held: 11e6 + at,
      ...(at % 4 === 1 ? { flags: holdFlags.waited, waited: 5e6 + at } : {}),
    }));
    feedRaw(recorder, holds);
    expectOk(recorder.finish(undefined));
    const reader = read(path);
    const rows = reader.gil?.longHolds() ?? [];
    expect(rows).toHaveLength(10_000);
    expect(rows.filter(({ waiters }) => waiters.length > 0)).toHaveLength(4000);
    expect(reader.recording().notObserved.join()).toContain("6000 long holds");
  });
});
