// Drawn sites in, their lines out. A letter is a tenth of a second.
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordSites } from "../../test/fixtures/recorded-sites.ts";
import { read, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { trendsOf } from "./trends.ts";

test("what was live of a type, of a type at a line, and nothing of what was not recorded", () => {
  const at = (line: number, drawn: string) => ({ type: "dict", function: "f", file: "/a.py", line, drawn });
  const path = recordSites(join(temporaryFolder(), "a.refscope"), [at(10, "++++"), at(20, "+-+-")]);
  const frame = (line: number) => ({ function: "f", file: "/a.py", line });
  const { seconds, live } = trendsOf(read(path), [
    { type: "dict", frame: frame(11) },
    { type: "dict", frame: null },
    { type: "list", frame: null },
  ]);
  expect(seconds).toHaveLength(live[0]?.length ?? 0);
  expect(live.map((line) => line?.at(-1) ?? null)).toEqual([4, 0, null]);
  expect(live[0]).toEqual(live[0]?.toSorted((a, b) => a - b));
});
