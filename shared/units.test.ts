// Plain numbers in; the same with a unit, and the text of a version, out.
import { expect, test } from "vitest";
import { millisecondsOf, nanoseconds, seconds, secondsOf, versionHex, versionText } from "./units.ts";

test("times turn into each other", () => {
  expect(secondsOf(nanoseconds(1.5e9))).toBe(1.5);
  expect(millisecondsOf(seconds(2))).toBe(2000);
});

test.each([
  [0x030b07f0, "3.11.7"],
  [0x030812f0, "3.8.18"],
  [0x030e00c2, "3.14.0rc2"],
  [0x030f00a1, "3.15.0a1"],
  [0x030d00b4, "3.13.0b4"],
])("%i is Python %s", (hex, text) => {
  expect(versionText(versionHex(hex))).toBe(text);
});
