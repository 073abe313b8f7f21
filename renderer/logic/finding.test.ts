// In: sites as the engine ranks them. Out: the sentence in the heading.
import { expect, test } from "vitest";
import type { SiteRow } from "../../shared/documents.ts";
import { culprit, evidence, grewIn, headline, plain } from "./finding.ts";

const site: SiteRow = {
  type: "dict",
  domain: "obj",
  frames: [{ function: "handler", file: "/srv/app.py", line: 41 }],
  live: 3000,
  liveBytes: 720_000,
  allocated: 6000,
  freed: 3000,
  growthPerSecond: 200.12,
  bytesPerSecond: 48_000,
  steadiness: 0.95,
};
const said = (...sites: readonly SiteRow[]) => plain(headline(sites));

test("the first site that grows steadily is the finding", () => {
  expect(said(site)).toBe("dict from handler · app.py:41 grows by 200 a second");
  expect(said({ ...site, steadiness: 0.2 }, { ...site, type: "list" })).toMatch(/^list from/);
  expect(culprit([{ ...site, growthPerSecond: 0, bytesPerSecond: 0 }])).toBeUndefined();
});

test("a short recording is not called a leak", () => {
  expect(said({ ...site, steadiness: null })).toBe(
    "dict from handler · app.py:41 has grown most so far, by 200 a second",
  );
});

test("one block that grows is told in bytes, a slow leak as one in so long", () => {
  expect(said({ ...site, type: null, domain: "native", growthPerSecond: 0 })).toBe(
    "Memory of malloc from handler · app.py:41 grows by 46.9 KiB a second",
  );
  expect(said({ ...site, growthPerSecond: 0.1 })).toBe("dict from handler · app.py:41 grows by one in 10 s");
});

test("nothing to say is said", () => {
  expect(said()).toBe("Nothing recorded yet");
  expect(said({ ...site, growthPerSecond: 0, bytesPerSecond: 0 })).toBe("Nothing grows");
  const short = { ...site, steadiness: null, growthPerSecond: 0, bytesPerSecond: 0 };
  expect(said(short)).toBe("Nothing has grown so far; too short to say");
});

test("the evidence counts", () => {
  expect(plain(evidence(site)[0] ?? [])).toBe("6,000 allocated here, 3,000 freed: 3,000 still live (50.0 %).");
  const others = ["list", "Trace"].map((type) => ({ ...site, type }));
  expect(evidence(site, [site, ...others]).map(plain)).toContain("The same line keeps as well: list, Trace.");
  expect(plain(evidence(site)[2] ?? [])).toBe("+200 /s; it grew in 11 of 12 intervals after warm-up.");
});

test("how often it grew is told in the intervals that there were", () => {
  expect([1, 11 / 12, 0.5, 3 / 7, 0].map(grewIn)).toEqual(["12 of 12", "11 of 12", "6 of 12", "3 of 7", "0 of 12"]);
});
