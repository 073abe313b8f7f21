// A drawing of sites and a time range in, how many of what was allocated in it are surely and perhaps alive out. A letter is a tenth of a second.
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordSites } from "../../test/fixtures/recorded-sites.ts";
import { read, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { survivorsOf } from "./survivors.ts";

function alive(drawn: string, from: number, to: number): string {
  const path = join(temporaryFolder(), "a.refscope");
  recordSites(path, [{ type: "dict", function: "handle", file: "app.py", drawn }]);
  const { rows } = survivorsOf(read(path), { from, to }, 10);
  return rows
    .map(({ type, allocated, alive: { atLeast, atMost } }) => `${type}: ${atLeast} to ${atMost} of ${allocated}`)
    .join();
}

test("what nobody freed since is alive", () => {
  expect(alive("++++++++++", 0.2, 0.5)).toBe("dict: 3 to 3 of 3");
});

test("of what was freed since nobody knows whether it was of the range", () => {
  expect(alive("++++++++--", 0.2, 0.6)).toBe("dict: 2 to 4 of 4");
});

test("everything freed: nothing is told", () => {
  expect(alive("+++---", 0, 0.6)).toBe("");
});
