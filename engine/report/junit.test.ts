// Comparisons in; XML that a validator accepts, by the parts of the published schema and by the whole of it where it is there.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { compared, comparedRow, evilName } from "../../test/fixtures/comparison.ts";
import { hostileTexts, rawControl } from "../../test/fixtures/hostile-texts.ts";
import { published } from "../../test/fixtures/published.ts";
import { comparisonJunit } from "./junit.ts";

const parts = readFileSync(resolve(import.meta.dirname, "../../test/fixtures/junit.xsd"), "utf8");

async function complaints(xml: string): Promise<readonly string[]> {
  const schemas = [parts, published("junit-10.xsd")].filter((schema) => schema !== undefined);
  const results = await Promise.all(
    schemas.map((schema) => validateXML({ xml: [{ fileName: "a.xml", contents: xml }], schema: [schema] })),
  );
  return results.flatMap(({ errors }) => errors.map(({ message }) => message));
}

test("what got worse fails, what did not passes, what cannot be compared is an error", async () => {
  const rows = [
    comparedRow({}),
    comparedRow({ verdict: "worse", type: null }),
    comparedRow({ verdict: "fixed" }),
    comparedRow({ verdict: "same", site: [] }),
  ];
  const xml = comparisonJunit(compared(rows));
  expect(await complaints(xml)).toEqual([]);
  expect(xml).toContain('tests="4" failures="2" errors="0"');
  expect(xml.match(/<testcase [^>]*\/>/g)).toHaveLength(2);
  const none = comparisonJunit(compared([], { verdict: "same" }));
  expect(await complaints(none)).toEqual([]);
  expect(none).toContain('tests="1" failures="0"');
  const error = comparisonJunit(compared([], { verdict: "incomparable", reasons: ["A & B differ."] }));
  expect(await complaints(error)).toEqual([]);
  expect(error).toContain('errors="1"');
  expect(error).toContain('message="A &amp; B differ."');
});

test("a hostile name stays a name", async () => {
  const site = [{ function: evilName, file: evilName, line: 1 }];
  const xml = comparisonJunit(compared([comparedRow({ type: evilName, site })], { reasons: [evilName] }));
  expect(await complaints(xml)).toEqual([]);
  expect(["\u001b", "\u202e", "<x>"].filter((part) => xml.includes(part))).toEqual([]);
  const rows = hostileTexts.map((text) => comparedRow({ type: text, site: [{ function: text, file: text, line: 1 }] }));
  const all = comparisonJunit(compared(rows, { reasons: [...hostileTexts] }));
  expect(await complaints(all)).toEqual([]);
  expect(rawControl.exec(all)).toBeNull();
});
