// Filters on the command line: the rows of a recording and of this machine's processes that stay, how many these are, and what is refused.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { recordingOf } from "../fixtures/recordings.ts";
import { temporaryFolder } from "../fixtures/synthetic-recording.ts";
import { home, runCli } from "./run-cli.ts";

afterAll(() => rmSync(home, { recursive: true, force: true }));

test("report: the rows that stay, and how many of how many", async () => {
  const path = recordingOf("lifecycle", join(temporaryFolder(), "a.refscope"));
  const whole = JSON.parse((await runCli(["report", path, "--json"])).out).lifecycle;
  const some = await runCli(["report", path, "--json", "--filter", "type=dict live>0"]);
  const { sites, types } = JSON.parse(some.out).lifecycle;
  expect(types).toEqual(
    whole.types.filter((row: { type: string; live: number }) => row.type === "dict" && row.live > 0),
  );
  expect(some.talk).toContain(`${sites.length} of ${whole.sites.length} sites, 1 of ${whole.types.length} types.`);
  const markdown = await runCli(["report", path, "--markdown", "--filter", "file:no-such-file"]);
  expect(markdown.out).toContain("Filtered by file\\:no\\-such\\-file\\: 0 of");
  // Types have no files: that list stays as it is.
  expect(markdown.out).toContain("| dict |");
  const text = await runCli(["report", path, "--filter", "-dict"]);
  expect([text.code, text.out.split("\n")[0]]).toEqual([
    0,
    expect.stringMatching(/^Filtered by -dict: \d+ of \d+ sites/),
  ]);
});

test("report: what is not understood is a wrong use", async () => {
  const path = recordingOf("errors", join(temporaryFolder(), "a.refscope"));
  for (const [filter, words] of [
    ["colour:red", "`colour` is no field here"],
    ["live>many", "`many` is not a number"],
    ['"open', 'a closing " is missing'],
  ] as const) {
    const said = await runCli(["report", path, "--filter", filter]);
    expect([said.code, said.talk]).toEqual([2, expect.stringContaining(words)]);
  }
  expect((await runCli(["report", path, "--html", "--filter", "x"])).code).toBe(2);
  // Threads are known here even when nobody recorded them.
  expect((await runCli(["report", path, "--filter", "-thread:gc"])).code).toBe(0);
});

test("ps: only the processes that are asked for", async () => {
  const none = await runCli(["ps", "--json", "--filter", "pid=0"]);
  expect([none.code, JSON.parse(none.out).processes]).toEqual([0, []]);
  expect((await runCli(["ps", "--filter", "memory>lots"])).code).toBe(2);
});
