// In: environments. Out: what they decide, and that they do.
import { expect, test } from "vitest";
import { Library } from "./session/library.ts";
import { settledBy } from "./settled.ts";

const by = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(settledBy(new Library("/data/refscope/recordings"), env).map(({ what, by }) => [what, by]));

test("nothing is decided where nothing is said", () => {
  expect(by({})).toEqual({ recordings: null, frida: null, symbols: null, processes: null });
});

test("a variable that counts is named, one that is not understood is not", () => {
  expect(by({ XDG_DATA_HOME: "/data", REFSCOPE_GATEWAY: "binding", REFSCOPE_PROC: "/far" })).toEqual({
    ...{ recordings: "XDG_DATA_HOME", frida: "REFSCOPE_GATEWAY" },
    ...{ symbols: null, processes: "REFSCOPE_PROC" },
  });
  expect(by({ XDG_DATA_HOME: "data" })["recordings"]).toBeNull();
});
