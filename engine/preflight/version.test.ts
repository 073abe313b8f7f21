// In: version texts and machine code. Out: PY_VERSION_HEX, and the addresses the code names.
import { expect, test } from "vitest";
import { versionHex } from "../../shared/units.ts";
import { isKnown, pairsOf, parseVersion } from "./version.ts";

test.each([
  ["3.8.18", 0x030812f0],
  ["3.14.0rc2", 0x030e00c2],
  ["3.9.0b1", 0x030900b1],
  ["3.12.0+", 0x030c00f0],
  ["2.7.18", 0x020712f0],
  ["3.11", undefined],
  ["3.11.7-x", undefined],
  ["", undefined],
])("%s", (text, hex) => expect(parseVersion(text)).toBe(hex));

test("known are candidates and releases of 3.8 to 3.15", () => {
  const known = (hex: number) => isKnown(versionHex(hex));
  expect([0x030800f0, 0x030f02f0, 0x030e00c1].map(known)).toEqual([true, true, true]);
  expect([0x030710f0, 0x031000f0, 0x030f00b4, 0x020712f0].map(known)).toEqual([false, false, false, false]);
});

test("AArch64: adrp x2, +0x3000; add x2, x2, #0x123", () => {
  const code = Buffer.alloc(12);
  code.writeUInt32LE(0xd503201f, 0);
  code.writeUInt32LE(0xf0000002, 4);
  code.writeUInt32LE(0x91048c42, 8);
  expect(pairsOf(code, 0x10ff0)).toEqual([0x13123]);
});
