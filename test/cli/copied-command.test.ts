// In: words made to act in a shell, quoted as the page quotes what it copies. Out: a real shell takes each as that one word.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellWord } from "../../renderer/logic/command.ts";

const signs = [
  "'",
  '"',
  "\\",
  "`",
  "$",
  "!",
  "\n",
  "\t",
  "\u001B",
  "\u007F",
  "\u202E",
  "é",
  "😀",
  " ",
  "*",
  "~",
  "-",
  "#",
  "&",
  ";",
  "0",
  "a",
];
/** Every pair, and one of all. */
const words = [...signs.flatMap((one) => signs.map((other) => one + other)), signs.join(""), "$(touch x)", "\\x41", ""];

test(`bash takes ${words.length} words as they are`, () => {
  const command = `printf '%s\\0' ${words.map(shellWord).join(" ")}`;
  const printed = execFileSync("bash", ["--norc", "-c", command], { encoding: "utf8" });
  expect(printed.split("\0").slice(0, -1)).toEqual(words);
});
