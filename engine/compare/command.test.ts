// Commands as they are typed in, words out; no shell.
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { interpreterOf, withoutPython, wordsOf } from "./command.ts";

const words = (text: string) => {
  const split = wordsOf(text);
  return split.ok ? split.value : split.failure.cause;
};

test("words, quotes and backslashes as a shell has them, and nothing is expanded", () => {
  expect(words("bench.py  --n 5")).toEqual(["bench.py", "--n", "5"]);
  expect(words(`-c 'a "b" c' "d 'e' \\"f\\"" g\\ h i"j"k`)).toEqual(["-c", 'a "b" c', `d 'e' "f"`, "g h", "ijk"]);
  expect(words("a $HOME ; b > c `d`")).toEqual(["a", "$HOME", ";", "b", ">", "c", "`d`"]);
  expect(words("a ''")).toEqual(["a", ""]);
  expect(words("a 'b")).toContain("a quote is not closed");
  expect(words("  ")).toContain("give a command");
});

test("a leading python is the one that is given", () => {
  expect(withoutPython(["python3", "-m", "app"])).toEqual(["-m", "app"]);
  expect(withoutPython(["/usr/bin/python3.11", "a.py"])).toEqual(["a.py"]);
  expect(withoutPython(["python_tool.py"])).toEqual(["python_tool.py"]);
});

test("a Python that is not there is refused by name", () => {
  expect(interpreterOf(process.execPath)).toEqual({ ok: true, value: process.execPath });
  const folder = temporaryFolder();
  expect(interpreterOf(folder)).toMatchObject({ failure: { code: "usage" } });
  expect(interpreterOf(join(folder, "none"))).toMatchObject({ failure: { code: "usage" } });
});
