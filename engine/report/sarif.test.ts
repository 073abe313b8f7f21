// Comparisons in; SARIF that its schema accepts: the parts that we write, and the whole of it where it is there.
import { Ajv } from "ajv";
import * as v from "valibot";
import { expect, test } from "vitest";
import { compared, comparedRow, evilName } from "../../test/fixtures/comparison.ts";
import { hostileTexts, rawControl } from "../../test/fixtures/hostile-texts.ts";
import { published } from "../../test/fixtures/published.ts";
import { sarifLog } from "../../test/fixtures/sarif.ts";
import { comparisonSarif } from "./sarif.ts";

function checked(text: string) {
  const log: unknown = JSON.parse(text);
  const schema = published("sarif-schema-2.1.0.json");
  if (schema !== undefined) {
    // It is written in draft 4, of which it uses nothing that draft 7 lacks but the names of these two.
    const { $schema: _, id: __, ...rest } = JSON.parse(schema);
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(rest);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  }
  return v.parse(sarifLog, log).runs[0];
}

test("what got worse is a result at its line, relative to its package", () => {
  const rows = [comparedRow({}), comparedRow({ verdict: "worse" }), comparedRow({ verdict: "fixed" })];
  const run = checked(comparisonSarif(compared(rows), "0.1.0"));
  expect(run.results.map(({ ruleId }) => ruleId)).toEqual(["new-leak", "worse"]);
  expect(run.results[0]?.locations[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: "app/web.py" },
    region: { startLine: 41 },
  });
  expect(run.invocations[0]?.executionSuccessful).toBe(true);
});

test("a line that moved is the same finding, another function is another", () => {
  const [first, moved, other] = ["handler 41", "handler 52", "close 41"].map((text) => {
    const [name = "", line] = text.split(" ");
    const site = [{ function: name, file: "/x/site-packages/app/web.py", line: Number(line) }];
    return checked(comparisonSarif(compared([comparedRow({ site })]), "1")).results[0]?.partialFingerprints["place/v1"];
  });
  expect(moved).toBe(first);
  expect(other).not.toBe(first);
});

test("what cannot be compared is no success, and says why; a hostile name stays a name", () => {
  const run = checked(comparisonSarif(compared([], { verdict: "incomparable", reasons: ["Too short."] }), "1"));
  expect(run.invocations[0]).toMatchObject({ executionSuccessful: false });
  expect(run.invocations[0]?.toolExecutionNotifications[0]?.message.text).toBe("Too short.");
  const site = [{ function: evilName, file: evilName, line: null }];
  const text = comparisonSarif(compared([comparedRow({ type: evilName, site })]), "1");
  const shown = checked(text).results[0]?.message.text ?? "";
  expect(["\u001b", "\u202e", "\n"].filter((letter) => shown.includes(letter))).toEqual([]);
  expect(shown).toContain("\\[a\\](");
  const rows = hostileTexts.map((one) => comparedRow({ type: one, site: [{ function: one, file: one, line: 1 }] }));
  const messages = checked(comparisonSarif(compared(rows), "1")).results.map(({ message }) => message.text);
  expect(messages).toHaveLength(rows.length);
  expect(messages.filter((said) => rawControl.test(said) || /(?<!\\)\]\(/.test(said))).toEqual([]);
});
