// In: what was raised. Out: rows by type and the sentences about them.
import { expect, test } from "vitest";
import type { Finding, RaisedRow } from "../../shared/documents.ts";
import { byType, errorsHeadline, groundWords, ratesSentence } from "./errors.ts";
import { plain } from "./finding.ts";

const raised = (type: string, count: number, name: string, chained = 0): RaisedRow => ({
  type,
  count,
  perSecond: count / 10,
  message: null,
  frames: name ? [{ function: name, file: "/srv/app.py", line: 7 }] : [],
  chained,
});
const rows = [raised("KeyError", 10, "get"), raised("OSError", 200, "read", 3), raised("KeyError", 400, "find")];

test("types come with their places, most first", () => {
  expect(byType(rows).map(({ type, count, sites }) => [type, count, sites.map((site) => site.count)])).toEqual([
    ["KeyError", 410, [400, 10]],
    ["OSError", 200, [200]],
  ]);
});

test("the heading names the most frequent, unless an error was lost", () => {
  const finding: Finding = {
    rule: "error-overwritten",
    module: "/usr/lib/fast.so",
    function: "parse",
    file: null,
    line: null,
    count: 812,
    type: "KeyError",
  };
  const said = (findings: Finding[]) => plain(errorsHeadline({ raised: rows, findings, calls: [] }));
  expect(said([])).toBe("KeyError is raised 41 times a second, mostly in find · app.py:7");
  expect(said([finding])).toBe("parse in fast.so sets an error over one that nobody has seen: KeyError, 812 times");
  expect(groundWords({ raised: rows, findings: [finding], calls: [] })).toMatch(
    /^610 errors raised, 3 of them .*, 812 cleared/,
  );
  expect(plain(errorsHeadline({ raised: [], findings: [], calls: [] }))).toBe("No error was raised");
});

test("rates leave out what is not known", () => {
  const buckets = [
    { at: 0, raised: 10, lost: 0 },
    { at: 1, raised: null, lost: null },
    { at: 2, raised: 30, lost: 4 },
  ];
  expect(ratesSentence({ bucketSeconds: 1, buckets, types: [] })).toBe(
    "20 a second on average, 30 at most, 10.0 % as many lost.",
  );
});
