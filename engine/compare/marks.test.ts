// Drawn and marked recordings in, what is said of them interval by interval, and of their states at marks, out. A letter is a tenth of a second.
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ComparisonFormat, comparisonFormats } from "../../shared/comparison-calls.ts";
import { type DrawnSite, recordSites } from "../../test/fixtures/recorded-sites.ts";
import { expectOk, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { markClosed } from "../marks/closed-marks.ts";
import { queryComparison, queryComparisonText } from "../queries-compare.ts";

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

test("between two marks and between two others, of one recording: how fast it grew", () => {
  const leaks = `${"+-".repeat(25)}${"+".repeat(50)}`;
  const path = marked([site(leaks), site(churn, "str")], { one: 0, two: 5, three: 10 });
  const asked = { a: path, b: path, since: { a: "one", b: "two" }, marks: { a: "two", b: "three" } };
  const told = expectOk(queryComparison(asked));
  expect(told).toMatchObject({ verdict: "new-leak", rows: [{ type: "dict", unit: "objects/second" }] });
  expect(told.rows[0]?.a).toBeCloseTo(0, 0);
  expect(told.rows[0]?.b).toBeCloseTo(10, 0);
  expect([told.a.seconds, told.b.seconds]).toEqual([5, 5]);
  expect(told.reasons[0]).toContain("A is from `one` to `two`, B from `two` to `three`");
  expect(queryComparison({ ...asked, since: { a: "two", b: "two" } })).toMatchObject({ failure: { code: "usage" } });
});

test("a threshold makes what differs by less the same", () => {
  const paths = [3, 4].map((more) => marked([site(growing.replaceAll("3", String(more)))], rounds));
  const [a = "", b = ""] = paths;
  const told = (threshold?: number) =>
    expectOk(queryComparison({ a, b, per: "mark", ...(threshold !== undefined && { threshold }) }));
  expect([told().verdict, told(20).verdict, told(30).verdict]).toEqual(["worse", "worse", "same"]);
  expect(told(30)).toMatchObject({ rows: [{ significant: false }], reasons: [expect.stringContaining("30 %")] });
});

test("the texts are those of the verb, without what is private at a level", () => {
  const path = marked([site(leak)], both);
  const asked = { a: path, b: path, marks: { a: "early", b: "late" } };
  const text = (format: ComparisonFormat) => expectOk(queryComparisonText({ ...asked, format, level: "minimal" }));
  for (const format of comparisonFormats) expect(text(format)).not.toContain("/a/app");
  expect(JSON.parse(text("sarif"))).toMatchObject({ version: "2.1.0" });
  expect(JSON.parse(text("json"))).toMatchObject({ schema: "refscope.comparison/1", verdict: "worse" });
  expect(text("junit")).toContain("<testsuites");
  expect(text("markdown")).toContain("worse");
});

test("a mark that is not there is refused, with those that are", () => {
  const path = marked([site(leak)], both);
  const asked = queryComparison({ a: path, b: path, marks: { a: "early", b: "soon" } });
  expect(asked).toMatchObject({ failure: { code: "not-found", fix: "It has `early`, `late`." } });
});
