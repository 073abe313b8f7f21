// In: pairs of recordings, and a command under two Pythons, and the real CLI. Out: the verdict, its exit code, its documents.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { afterAll, beforeAll, expect, test } from "vitest";
import { markClosed } from "../../engine/marks/closed-marks.ts";
import { comparison } from "../../shared/comparison-document.ts";
import { pythons } from "../examples/pythons.ts";
import { recordSites } from "../fixtures/recorded-sites.ts";
import { sarifLog } from "../fixtures/sarif.ts";
import { expectOk } from "../fixtures/synthetic-recording.ts";
import { home, runCli } from "./run-cli.ts";

const file = (name: string) => join(home, name);
const drawn = (drawing: string) => [{ type: "dict", function: "handler", file: "app.py", drawn: drawing }];
beforeAll(() => {
  recordSites(file("leaky.refscope"), drawn("+".repeat(100)));
  recordSites(file("good.refscope"), drawn("+-".repeat(50)));
  recordSites(file("marked@home.refscope"), drawn("+".repeat(100)));
  recordSites(file("short.refscope"), drawn("+".repeat(20)));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const compare = (a: string, b: string, ...more: readonly string[]) =>
  runCli(["compare", file(`${a}.refscope`), file(`${b}.refscope`), ...more]);

test("FILE@MARK: states at marks; a file whose name has an @ is meant as it is", async () => {
  for (const [name, at] of [
    ["early", 1],
    ["late", 9],
  ] as const)
    expectOk(markClosed(file("marked@home.refscope"), { kind: "set", at, name }));
  const said = await runCli([
    "compare",
    ...["early", "late"].map((mark) => file(`marked@home.refscope@${mark}`)),
    "--json",
  ]);
  expect([said.code, v.parse(comparison, JSON.parse(said.out)).rows[0]]).toMatchObject([
    1,
    { verdict: "worse", unit: "objects", delta: 80, between: { made: 80, freed: 0 } },
  ]);
  const [plain, half] = await Promise.all([
    compare("marked@home", "marked@home"),
    runCli(["compare", file("marked@home.refscope@early"), file("good.refscope")]),
  ]);
  expect([plain.code, half.code, half.talk]).toEqual([0, 2, expect.stringContaining("give a mark of both")]);
  const between = file("marked@home.refscope@early..late");
  const [same, apart] = await Promise.all([
    runCli(["compare", between, between, "--threshold", "25", "--json"]),
    runCli(["compare", between, file("marked@home.refscope@late")]),
  ]);
  expect([same.code, v.parse(comparison, JSON.parse(same.out)).a.seconds, apart.code]).toEqual([0, 8, 2]);
});

test("fixed and same end with 0, a new leak with 1, incomparable with 7", async () => {
  const verdicts = [];
  for (const [a, b] of [
    ["leaky", "good"],
    ["good", "good"],
    ["good", "leaky"],
    ["good", "short"],
  ] as const) {
    const { code, out } = await compare(a, b, "--json");
    verdicts.push([code, v.parse(comparison, JSON.parse(out)).verdict]);
  }
  expect(verdicts).toEqual([
    [0, "fixed"],
    [0, "same"],
    [1, "new-leak"],
    [7, "incomparable"],
  ]);
});

test("text says it in words and in 80 columns but for paths; Markdown has a table", async () => {
  const { out } = await compare("good", "leaky");
  expect(out).toMatch(/^new leak: B grows where A does not\n/);
  expect(out).toContain("+ new-leak  dict  0 → 10 objects/second");
  expect(out).toContain("handler at app.py:41");
  expect((await compare("good", "leaky", "--markdown")).out).toContain(
    "| + new-leak | dict | handler at app\\.py\\:41 |",
  );
});

test("JUnit and SARIF are written beside it", async () => {
  const [junit, sarif] = [file("a.xml"), file("a.sarif")];
  expect((await compare("good", "leaky", "--quiet", "--junit", junit, "--sarif", sarif)).code).toBe(1);
  expect(readFileSync(junit, "utf8")).toContain('failures="1"');
  expect(v.parse(sarifLog, JSON.parse(readFileSync(sarif, "utf8"))).runs[0].results).toHaveLength(1);
  const nowhere = await compare("good", "leaky", "--junit", file("none/a.xml"));
  expect([nowhere.code, nowhere.talk]).toEqual([8, expect.stringContaining("cannot-write")]);
});

const program = `
import os, sys, time
kept = []
def work():
    item = [object() for _ in range(3)]
    if os.environ["BUILD"] == sys.argv[1]:
        kept.append(item)
while True:
    work()
    time.sleep(0.005)
`;

/** A build is what its interpreter's environment says. */
function environment(name: string): string {
  const folder = file(name);
  mkdirSync(join(folder, "bin"), { recursive: true });
  const [python] = pythons("3.12", "3.11");
  writeFileSync(join(folder, "bin/python"), `#!/bin/sh\nBUILD=${name} exec ${python?.path} "$@"\n`);
  chmodSync(join(folder, "bin/python"), 0o755);
  return folder;
}

test("a command under two environments, in turn: the leak is new in the second, and its recordings are kept", async () => {
  writeFileSync(file("work.py"), program);
  const [a, b] = [environment("before"), environment("after")];
  const words = ["--run", `python ${file("work.py")} after`, "--a", a, "--b", b];
  const { code, out, talk } = await runCli([
    ...["compare", ...words, "--runs", "2", "--for", "6s", "--keep", file("kept"), "--json"],
  ]);
  expect([code, talk]).toEqual([1, expect.stringContaining("run 2 of 2")]);
  const document = v.parse(comparison, JSON.parse(out));
  expect(document).toMatchObject({ verdict: "new-leak", a: { runs: 2 }, b: { runs: 2 } });
  expect(
    document.rows.filter((row) => row.verdict !== "same").every((row) => row.site[0]?.file.endsWith("work.py")),
  ).toBe(true);
  expect(readdirSync(file("kept")).sort()).toEqual(["a-1", "a-2", "b-1", "b-2"].map((name) => `${name}.refscope`));
});

test("a command that ends at once is said to have ended, and nothing is left", async () => {
  writeFileSync(file("bad.py"), "import no_such_module\n");
  const words = ["--run", file("bad.py"), "--a", environment("before"), "--b", environment("after"), "--runs", "2"];
  const { code, talk } = await runCli(["compare", ...words]);
  expect([code, talk]).toEqual([3, expect.stringContaining("target-ended")]);
});

test("what does not fit together is a usage error", async () => {
  for (const words of [
    [],
    ["x.refscope"],
    ["x", "y", "z"],
    ["x", "y", "--run", "a.py", "--a", "p", "--b", "p"],
    ["--run", "a.py", "--a", "p"],
    ["--run", "a.py", "--a", file("no"), "--b", file("no")],
    ["x", "y", "--per", "hour"],
    ["x", "y", "--threshold", "5"],
    ["x", "y", "--json", "--markdown"],
  ])
    expect([words, (await runCli(["compare", ...words])).code]).toEqual([words, 2]);
  expect((await compare("good", "none")).code).toBe(6);
  expect(existsSync(file("none.refscope"))).toBe(false);
});
