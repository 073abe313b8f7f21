// A drawing of sites in, what of each of their seconds is surely still alive out. A letter is a tenth of a second.
import { join } from "node:path";
import { expect, test } from "vitest";
import { type DrawnSite, recordSites } from "../../test/fixtures/recorded-sites.ts";
import { read, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { flowOf } from "./flow.ts";

const leaks: DrawnSite = { type: "dict", function: "handle", file: "app.py", drawn: "++++++++++" };
const churns: DrawnSite = { type: "str", function: "parse", file: "app.py", drawn: "++---++--+" };

function flow(sites: readonly DrawnSite[], most: number) {
  const path = join(temporaryFolder(), "a.refscope");
  recordSites(path, sites);
  const { bucketSeconds, buckets } = flowOf(read(path), most);
  return { bucketSeconds, rows: buckets.map(({ allocated, freed, alive }) => [allocated, freed, alive].join(" ")) };
}

test("all of a leak is alive; of what a site frees later nobody knows when it was made", () => {
  const { bucketSeconds, rows } = flow([leaks, churns], 600);
  expect(bucketSeconds).toBe(0.5);
  expect(rows).toEqual(["5 1 3", "7 3 5", "3 1 3"]);
});

test("the wider the bucket the same sums", () => {
  expect(flow([leaks, churns], 1).rows).toEqual(["15 5 11"]);
});
