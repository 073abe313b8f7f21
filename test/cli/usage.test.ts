// In: command lines that start nothing. Out: exit code 2 and one line for each mistake; help, version and completion.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import * as v from "valibot";
import { afterAll, expect, test } from "vitest";
import { errorDocument, processList } from "../../shared/documents.ts";
import { home, runCli, startCli } from "./run-cli.ts";

afterAll(() => rmSync(home, { recursive: true, force: true }));

test.each([
  ["nonsense", "usage", "unknown command 'nonsense'"],
  ["profile 5", "usage", "unknown command 'profile'"],
  ["help nonsense", "usage", "no such verb"],
  ["record", "usage", "missing required argument 'pid'"],
  ["record 0x", "not-a-pid", "`0x` is not a process id"],
  ["record 0", "not-a-pid", "`0`"],
  ["record 99999999999", "not-a-pid", "`99999999999`"],
  ["doctor 1.5", "not-a-pid", "`1.5`"],
  ["record 1 2", "usage", "too many arguments"],
  ["record 1 --nonsense", "usage", "unknown option '--nonsense'"],
  ["record 1 --for 5", "usage", "--for: `5` is not understood; give a duration such as 30s or 5m"],
  ["record 1 --frames 33", "usage", "--frames: `33`"],
  ["record 1 --max-size big", "usage", "--max-size: `big`"],
  ["record 1 --privacy none", "usage", "--privacy: choose"],
  ["record 1 --collect gil,references", "usage", '--collect: "references" is nothing this version collects'],
  ["record 1 --gil-threshold 5ms", "usage", "--gil-threshold: it needs --collect gil"],
  ["record 1 --collect gil --gil-threshold 5", "usage", "--gil-threshold: `5` is not understood"],
  ["record 1 --collect gil --gil-threshold 0.1ms", "usage", "--gil-threshold: give at least 1ms"],
  ["record 1 --error-details", "usage", "--error-details: it needs --collect errors"],
  ["top", "usage", "missing required argument 'pid'"],
  ["top 1 --collect lifecycle --gil-threshold 5ms", "usage", "--gil-threshold: it needs --collect gil"],
  ["top 1 --max-size 1MB", "usage", "unknown option '--max-size'"],
  ["audit 1", "usage", "missing required argument 'module'"],
  ["audit 0x fast", "not-a-pid", "`0x` is not a process id"],
  ["audit 1 fast --for 5", "usage", "--for: `5` is not understood"],
  ["export a.refscope", "usage", "--format: give one of speedscope, chrome, perfetto"],
  ["export a.refscope --format svg", "usage", '--format: "svg" is nothing this version writes'],
  ["export a.refscope --format csv --from 2s", "usage", "--from: only traces have a time"],
  ["export a.refscope --format chrome --what gil", "usage", "--what: a trace shows all it has"],
  ["export a.refscope --format chrome --from 2s --to 1s", "usage", "--to: it is not after --from"],
  ["why a.refscope", "usage", "missing required argument 'object'"],
  ["why a.refscope 0x1 --snapshot x", "usage", "--snapshot: `x`"],
  ["report a.refscope --json --html", "usage", "exclude each other"],
  ["serve --port 99999", "usage", "--port: `99999`"],
  ["serve --host 0.0.0.0", "usage", "listens on loopback only"],
  ["completion tcsh", "usage", "no completion for `tcsh`"],
  ["run", "usage", "missing required argument 'program'"],
])("%s", async (line, code, cause) => {
  const said = await runCli(line.split(" ").filter((word) => word !== "--json"));
  if (line.includes("--json")) return expect((await runCli(line.split(" "))).code).toBe(2);
  expect([said.code, said.out]).toEqual([2, ""]);
  expect(said.talk).toMatch(new RegExp(`^refscope: ${code}: .+\\. .+\\n$`));
  expect(said.talk).toContain(cause);
});

test("with --json the error is a document too", async () => {
  const said = await runCli(["record", "0x", "--json"]);
  expect(v.parse(errorDocument, JSON.parse(said.out))).toMatchObject({ code: "not-a-pid" });
  const early = await runCli(["record", "--json"]);
  expect(v.parse(errorDocument, JSON.parse(early.out))).toMatchObject({ code: "usage" });
});

test("help names every verb that is there, and the exit codes, in 80 columns", async () => {
  const { code, out, talk } = await runCli(["help"]);
  expect([code, talk]).toEqual([0, ""]);
  const there = [
    "ps",
    "doctor",
    "record",
    "run",
    "top",
    "audit",
    "watch",
    "snapshot",
    "why",
    "report",
    "compare",
    "export",
    "sessions",
    "open",
    "serve",
    "demo",
  ];
  for (const verb of [...there, "completion"]) expect(out).toMatch(new RegExp(`^  ${verb} `, "m"));
  expect(out).not.toMatch(/^ {2}(redact|verify) /m);
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  expect((await runCli([])).out).toBe(out);
});

test("the completion of bash is a script, and knows an option", async () => {
  const { out } = await runCli(["completion", "bash"]);
  const ask = `${out}\nCOMP_WORDS=(refscope record --fr); COMP_CWORD=2; _refscope; echo "\${COMPREPLY[@]}"`;
  expect(execFileSync("bash", ["-c", ask], { encoding: "utf8" })).toBe("--frames\n");
  expect((await runCli(["completion", "fish"])).out).toContain("-l max-size");
  expect((await runCli(["completion", "zsh"])).out).toContain("#compdef refscope");
});

test("colours only where they are wanted", async () => {
  const colored = async (env: Readonly<Record<string, string>>, ...more: string[]) =>
    (await runCli(["doctor", ...more], env)).out.includes("\x1b[");
  expect(await colored({})).toBe(false);
  expect(await colored({ FORCE_COLOR: "1" })).toBe(true);
  expect(await colored({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
  expect(await colored({ FORCE_COLOR: "1" }, "--no-color")).toBe(false);
});

test("a reader that goes away is no error", async () => {
  const child = startCli(["help"]);
  child.stdout?.destroy();
  let talk = "";
  child.stderr?.on("data", (chunk) => {
    talk += String(chunk);
  });
  const [code] = await once(child, "close");
  expect([code, talk]).toEqual([0, ""]);
});

test("ps --json is the document of its schema", async () => {
  const { code, out } = await runCli(["ps", "--json"]);
  expect(code).toBe(0);
  expect(v.safeParse(processList, JSON.parse(out)).success).toBe(true);
});
