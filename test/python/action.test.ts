// In: the script that action.yml runs, with inputs in its environment, and action.yml itself. Out: outputs, summary, exit code; GitHub's schema.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { pythonWith } from "../fixtures/python-packages.ts";
import { recordSites } from "../fixtures/recorded-sites.ts";
import { temporaryFolder } from "../fixtures/synthetic-recording.ts";

const root = resolve(import.meta.dirname, "../..");
const drawn = (drawing: string) => [{ type: "dict", function: "handler", file: "app.py", drawn: drawing }];

function act(inputs: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  recordSites(join(folder, "leaky.refscope"), drawn("+".repeat(100)));
  recordSites(join(folder, "good.refscope"), drawn("+-".repeat(50)));
  recordSites(join(folder, "short.refscope"), drawn("+".repeat(20)));
  const names = { GITHUB_OUTPUT: "output", GITHUB_STEP_SUMMARY: "summary.md" };
  const files = Object.fromEntries(Object.entries(names).map(([name, file]) => [name, join(folder, file)]));
  const env = { ...process.env, ...files, RUNNER_TEMP: folder, ...inputs };
  const { status } = spawnSync("bash", [join(root, "scripts/ci-compare.sh")], { cwd: folder, env, stdio: "ignore" });
  const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : "");
  return { status, output: read("output"), summary: read("summary.md"), read };
}

test("a new leak fails the job, tells the verdict, and writes the summary and both files", () => {
  const inputs = { INPUT_BEFORE: "good.refscope", INPUT_AFTER: "leaky.refscope" };
  const { status, output, summary, read } = act({ ...inputs, INPUT_JUNIT: "a.xml", INPUT_SARIF: "a.sarif" });
  expect([status, output.split("\n")[0]]).toEqual([1, "verdict=new-leak"]);
  expect(summary).toContain("# Refscope: new leak");
  expect([read("a.xml").includes('failures="1"'), read("a.sarif").includes('"new-leak"')]).toEqual([true, true]);
  expect(JSON.parse(readFileSync(/^document=(.+)$/m.exec(output)?.[1] ?? "", "utf8"))).toMatchObject({
    schema: "refscope.comparison/1",
  });
});

test("fixed passes; incomparable fails unless it is allowed; no recording is no verdict", () => {
  const pair = (a: string, b: string) => ({ INPUT_BEFORE: `${a}.refscope`, INPUT_AFTER: `${b}.refscope` });
  expect(act(pair("leaky", "good"))).toMatchObject({ status: 0, output: expect.stringMatching(/^verdict=fixed\n/) });
  expect(act(pair("good", "short"))).toMatchObject({
    status: 7,
    output: expect.stringMatching(/^verdict=incomparable\n/),
  });
  expect(act({ ...pair("good", "short"), INPUT_ALLOW_INCOMPARABLE: "true" }).status).toBe(0);
  expect(act(pair("good", "none"))).toMatchObject({ status: 6, output: expect.stringMatching(/^verdict=\n/) });
});

test("an input is never read as a part of the script", () => {
  const { status, read } = act({ INPUT_BEFORE: "$(touch hacked)", INPUT_AFTER: "; touch hacked; `touch hacked`" });
  expect([status, read("hacked")]).toEqual([6, ""]);
});

test("GitHub's schema of actions accepts it", (context) => {
  const python = pythonWith("check-jsonschema");
  if ("missing" in python) return context.skip(python.missing);
  const words = ["-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", join(root, "action.yml")];
  const { status, stdout } = spawnSync(python.path, words, { encoding: "utf8" });
  expect(status, stdout).toBe(0);
});
