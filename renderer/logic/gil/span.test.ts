// In: pieces of a time axis. Out: what zooming and moving leave of them.
import { expect, test } from "vitest";
import { around, inside, lengthOf, msAt, panned, showing, xOf, zoomed } from "./span.ts";

const whole = { fromMs: 0, toMs: 1000 };
const seen = { fromMs: 400, toMs: 600 };

test("what is under the pointer stays under it", () => {
  const closer = zoomed(seen, 0.5, 450, whole);
  expect(closer).toEqual({ fromMs: 425, toMs: 525 });
  expect(xOf(closer, 800, 450)).toBeCloseTo(xOf(seen, 800, 450));
});

test("nothing is seen beyond the ends", () => {
  expect(zoomed(seen, 100, 450, whole)).toEqual(whole);
  expect(panned(seen, 99, whole)).toEqual({ fromMs: 800, toMs: 1000 });
  expect(panned(seen, -99, whole)).toEqual({ fromMs: 0, toMs: 200 });
  expect(inside({ fromMs: -10, toMs: 5000 }, whole)).toEqual(whole);
});

test("there is a closest look, around the same middle", () => {
  const closest = zoomed(seen, 1e-12, 500, whole);
  expect(lengthOf(closest)).toBeGreaterThan(0);
  expect(closest.fromMs).toBeCloseTo(500, 3);
});

test("a thing is shown with room around it", () => {
  expect(around({ fromMs: 500, toMs: 510 }, whole)).toEqual({ fromMs: 490, toMs: 520 });
  expect(showing(seen, { fromMs: 450, toMs: 460 }, whole)).toBe(seen);
  expect(showing(seen, { fromMs: 700, toMs: 710 }, whole)).toEqual({ fromMs: 605, toMs: 805 });
});

test("places and times lead to each other", () => {
  expect(msAt(seen, 800, xOf(seen, 800, 537))).toBeCloseTo(537);
});
