// Rules in, the file that keeps them and what is read of it out.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { expectOk, temporaryFolder } from "../../test/fixtures/synthetic-recording.ts";
import { addMute, muteFile, readMutes, removeMute } from "./mutes.ts";

const rule = { type: "dict", site: "app/cache.py", reason: "a cache that is bounded by hand" };
const other = { ...rule, type: "*" };

test("rules are kept where they can be read and shared, each once", () => {
  const file = join(temporaryFolder(), "deep", "mute.json");
  expect(readMutes(file)).toEqual({ file, rules: [], problem: null });
  for (const one of [rule, other, rule]) expectOk(addMute(file, one));
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ version: 1, rules: [other, rule] });
  expectOk(removeMute(file, other));
  expect(readMutes(file).rules).toEqual([rule]);
});

test("a file that is not understood mutes nothing, says so, and is not replaced", () => {
  const file = join(temporaryFolder(), "mute.json");
  writeFileSync(file, '{ "version": 1, "rules": [{ "type": "dict", "site": "", "reason": " " }] }');
  expect(readMutes(file)).toEqual({ file, rules: [], problem: "say why" });
  expect(addMute(file, rule)).toMatchObject({ ok: false, failure: { code: "cannot-write" } });
  writeFileSync(file, "{");
  expect(readMutes(file).problem).toMatch(/JSON/);
});

test("it lies where a user's configuration lies", () => {
  expect(muteFile({ XDG_CONFIG_HOME: "/etc/me" })).toBe("/etc/me/refscope/mute.json");
  expect(muteFile({ XDG_CONFIG_HOME: "relative" })).toMatch(/\/\.config\/refscope\/mute\.json$/);
});
