// In: convoys and blame of a few threads. Out: who holds, who waits behind it, and how much of their waiting that is.
import { expect, test } from "vitest";
import { worstQueue } from "./convoy.ts";

const convoy = (waiter: number, holder: number, waits: number, ms: number) => ({ waiter, holder, waits, ms });

test("those who wait behind one thread are one convoy; the one that costs most is told", () => {
  const convoys = [convoy(1, 2, 10, 60), convoy(3, 9, 30, 90), convoy(4, 9, 20, 200)];
  const blame = [
    { waiter: 3, holder: 9, ms: 100 },
    { waiter: 4, holder: 9, ms: 200 },
    { waiter: 4, holder: 3, ms: 100 },
    { waiter: 1, holder: 2, ms: 60 },
  ];
  expect(worstQueue({ convoys, blame })).toEqual({ holder: 9, waiters: [4, 3], waits: 50, ms: 290, part: 0.75 });
});

test("where nobody waits a whole switch interval there is none", () => {
  expect(worstQueue({ convoys: [], blame: [{ waiter: 1, holder: 2, ms: 3 }] })).toBeUndefined();
});
