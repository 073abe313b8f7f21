// In: texts that a browser could have kept. Out: settings that are whole.
import fc from "fast-check";
import { expect, test } from "vitest";
import { ofEach, optionsOf, readSettings, requestOf, type Settings, usualSettings } from "./settings.ts";

test("what was kept comes back", () => {
  const mine: Settings = {
    ...usualSettings,
    appearance: "contrast",
    characterKeys: false,
    recording: { ...usualSettings.recording, frames: 16, collect: ["gil", "errors"], privacy: "full", maxBytes: 100e6 },
  };
  expect(readSettings(JSON.stringify(mine))).toEqual(mine);
  expect(requestOf({ ...mine.recording, gilThresholdMs: 50 }, ["gil"])).toEqual({
    ...{ privacy: "full", maxBytes: 100e6, gilThresholdMs: 50 },
  });
  expect(ofEach(mine.recording)).toEqual({ privacy: "full", maxBytes: 100e6 });
  expect(optionsOf(mine.recording)).toBe("--frames 16 --collect gil,errors --privacy full --max-size 100MB");
  expect(requestOf(usualSettings.recording, ["gil"])).toEqual({});
});

test.each([
  null,
  undefined,
  "",
  "{",
  "[]",
  "null",
  "7",
  '{"appearance":"pink","recording":7}',
  '{"recording":{"frames":1e9,"collect":[]}}',
  '{"__proto__":{"digits":"short"}}',
])("%j is read as nothing", (text) => {
  expect(readSettings(text)).toEqual(usualSettings);
});

test("one strange value costs no other", () => {
  const read = readSettings('{"density":"roomy","digits":1,"recording":{"frames":8,"privacy":"none"}}');
  expect(read).toEqual({ ...usualSettings, density: "roomy", recording: { ...usualSettings.recording, frames: 8 } });
});

test("any text gives settings", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => Object.keys(readSettings(text)).length === 6),
    { numRuns: 2000 },
  );
});
