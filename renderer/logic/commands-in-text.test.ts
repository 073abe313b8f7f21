// In: sentences of the engine. Out: their parts.
import { expect, test } from "vitest";
import { withCommands } from "./commands-in-text.ts";

const drawn = (text: string) => withCommands(text).map(({ kind, text }) => `${kind}: ${text}`);

test("what stands between backticks is code", () =>
  expect(drawn("Run `refscope ps`, then try again.")).toEqual([
    "words: Run ",
    "code: refscope ps",
    "words: , then try again.",
  ]));

test("a backtick alone is a backtick", () => expect(drawn("it`s")).toEqual(["words: it`s"]));
