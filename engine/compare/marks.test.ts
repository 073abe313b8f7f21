// Drawn and marked recordings in, what is said of them interval by interval, and of their states at marks, out. A letter is a tenth of a second.
import { join } from "node:path";
import { expect, test } from "vitest";
import { type DrawnSite, recordSites } from "../../test/fixtures/recorded-sites.ts";
import { expectOk, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { markClosed } from "../marks/closed-marks.ts";
import { queryComparison } from "../queries-compare.ts";

/** Times in seconds. */
type Marks = Readonly<Record<string, number>>;
const site = (drawn: string, type = "dict"): DrawnSite => ({ type, function: "handler", file: "/a/app/web.py", drawn });

function marked(sites: readonly DrawnSite[], marks: Marks): string {
  const path = recordSites(join(temporaryFolder(), "a.refscope"), sites);
  for (const [name, at] of Object.entries(marks)) expectOk(markClosed(path, { kind: "set", at, name }));
  return path;
}
const perMark = (a: string, b: string) => expectOk(queryComparison({ a, b, per: "mark" }));
const states = (a: string, b: string, first: string, second: string) =>
  expectOk(queryComparison({ a, b, marks: { a: first, b: second } }));

const rounds = { warm: 2, first: 4, second: 6, third: 8 };
/** Each round is 20 letters: so many more objects in one of them, and what another round takes besides. */
const round = (more: number, beside = "") => `${String(more)}${beside}`.padEnd(20);
const growing = `${round(9)}${round(3)}${round(3)}${round(3)}${round(3)}`;
const flat = `${round(9)}${round(0)}${round(0)}${round(0)}${round(0)}`;

test("per mark: intervals are compared with each other, the first is warm-up", () => {
  const [leaks, clean] = [marked([site(growing)], rounds), marked([site(flat)], rounds)];
  expect(perMark(leaks, clean)).toMatchObject({ verdict: "fixed", rows: [{ a: 3, b: 0, unit: "objects/mark" }] });
  expect(perMark(clean, leaks)).toMatchObject({ verdict: "new-leak", rows: [{ noise: 0 }] });
  expect(perMark(leaks, leaks).verdict).toBe("same");
});

test("per mark: what differs from interval to interval alike in both is no noise", () => {
  const uneven = (more: number) => [9, 1, 5, 1, 5].map((base) => round(base + more)).join("");
  const [a, b] = [marked([site(uneven(0))], rounds), marked([site(uneven(2))], rounds)];
  expect(perMark(a, b)).toMatchObject({ verdict: "worse", rows: [{ a: 3, b: 5, delta: 2, noise: 0 }] });
});

test("per mark: other names, another order or none at all cannot be compared", () => {
  const [a, b, none] = [marked([site(flat)], { x: 2, y: 4 }), marked([site(flat)], { y: 2, x: 4 }), marked([], {})];
  expect(perMark(a, b)).toMatchObject({
    verdict: "incomparable",
    reasons: [expect.stringContaining("A has x, y, B has y, x")],
  });
  expect(perMark(a, none).reasons).toContainEqual(expect.stringContaining("No marks are in B"));
});

const both = { early: 1, late: 9 };
const leak = "+".repeat(100);
const cache = "9".repeat(30).padEnd(100);
const churn = "+-".repeat(50);

test("two marks of one recording: what is live at the second and not at the first, made and freed between them", () => {
  const path = marked([site(leak), site(cache, "list"), site(churn, "str")], both);
  const { verdict, rows, a } = states(path, path, "early", "late");
  expect([verdict, a.mark]).toEqual(["worse", "early"]);
  expect(rows).toMatchObject([
    { verdict: "worse", type: "dict", unit: "objects", delta: 80, between: { made: 80, freed: 0 } },
    { verdict: "same", type: "list", significant: false, between: { freed: 0 } },
  ]);
  expect(states(path, path, "late", "early")).toMatchObject({ verdict: "improved", rows: [{ delta: -80 }, {}] });
  expect(states(path, path, "late", "late").verdict).toBe("incomparable");
});

test("marks of two recordings: what grew for good up to its mark, and in the other did not", () => {
  const [a, b] = [marked([site(churn)], both), marked([site(leak)], both)];
  expect(states(a, b, "late", "late")).toMatchObject({ verdict: "new-leak", rows: [{ a: 0, b: 88, unit: "objects" }] });
  expect(states(b, a, "late", "late").verdict).toBe("fixed");
  expect(states(a, b, "early", "late").reasons).toEqual([expect.stringContaining("The mark of A is")]);
});

test("a mark that is not there is refused, with those that are", () => {
  const path = marked([site(leak)], both);
  const asked = queryComparison({ a: path, b: path, marks: { a: "early", b: "soon" } });
  expect(asked).toMatchObject({ failure: { code: "not-found", fix: "It has `early`, `late`." } });
});
