// Questions about a recording in; the same answers from a thread that keeps it open, out.
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { recordSites } from "../../test/fixtures/recorded-sites.ts";
import { expectOk, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { queryReport, querySites, queryTypes } from "../queries.ts";
import { queryComparison } from "../queries-compare.ts";
import { ReadingDesk } from "./reading-desk.ts";

const opened: ReadingDesk[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});
function desk(): ReadingDesk {
  const made = new ReadingDesk();
  opened.push(made);
  return made;
}
const place = { function: "handler", file: "/a/app/web.py" };
const recorded = (first: string, second: string) =>
  recordSites(join(temporaryFolder(), "a.refscope"), [
    { ...place, type: "dict", line: 40, drawn: first },
    { ...place, type: "list", line: 80, drawn: second },
  ]);

test("answers are those of a reader that opens the file for each question, in whatever order they are asked", async () => {
  const path = recorded("+".repeat(80), "+-".repeat(40));
  const reading = desk();
  const [types, report, sites, again] = await Promise.all([
    reading.ask(path, "recording.types", { path }),
    reading.ask(path, "recording.report", { path }),
    reading.ask(path, "recording.sites", { path, type: "dict" }),
    reading.ask(path, "recording.types", { path }),
  ]);
  expect(expectOk(types)).toEqual(expectOk(queryTypes({ path })));
  expect(expectOk(report)).toEqual(expectOk(queryReport({ path })));
  expect(expectOk(sites)).toEqual(expectOk(querySites({ path, type: "dict" })));
  expect(again).toEqual(types);
});

test("two are compared there as well", async () => {
  const [a, b] = [recorded("+".repeat(80), "+-".repeat(40)), recorded("+-".repeat(40), "+-".repeat(40))];
  const compared = expectOk(await desk().ask(a, "recording.compare", { a, b }));
  expect(compared.verdict).toBe("fixed");
  expect(compared).toEqual(expectOk(queryComparison({ a, b })));
});

test("what is no recording fails by its code, and a desk that is closed answers nothing", async () => {
  const reading = desk();
  const path = join(temporaryFolder(), "none.refscope");
  expect(await reading.ask(path, "recording.types", { path })).toMatchObject({ failure: { code: "no-recording" } });
  await reading.close();
  expect(await reading.ask(path, "recording.types", { path })).toMatchObject({ failure: { code: "engine-lost" } });
});
