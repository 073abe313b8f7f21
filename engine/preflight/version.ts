// A CPython file in, its PY_VERSION_HEX out, read from the file alone. Next: image.ts.

import { type VersionHex, versionHex } from "../../shared/units.ts";
import type { Elf } from "../elf/elf.ts";
import type { ElfSymbol } from "../elf/symbols.ts";

const machines = { x64: 62, arm64: 183 } as const;
const longestFunction = 4096;
const levels: Readonly<Record<string, number>> = { a: 0xa, b: 0xb, rc: 0xc };
const releaseLevel = 0xf;
const textPattern = /^([23])\.(\d{1,2})\.(\d{1,2})(?:(a|b|rc)(\d{1,2}))?\+?$/;

/** `Py_Version` (3.11+, a constant); before that the text that `Py_GetVersion` gives to its format. */
export function versionOf(elf: Elf, symbols: ReadonlyMap<string, ElfSymbol>): VersionHex | undefined {
  const constant = symbols.get("Py_Version");
  if (constant) {
    const value = elf.bytesAt(constant.address, 4)?.readUInt32LE(0);
    return value === undefined ? undefined : versionHex(value);
  }
  const getter = symbols.get("Py_GetVersion");
  return getter && versionFromGetter(elf, getter);
}

function versionFromGetter(elf: Elf, getter: ElfSymbol): VersionHex | undefined {
  const code = elf.bytesAt(getter.address, Math.min(getter.size, longestFunction));
  if (code === undefined) return undefined;
  const addresses = elf.machine === machines.arm64 ? pairsOf(code, getter.address) : operandsOf(code, getter.address);
  const found = new Set(
    addresses.map((address) => parseVersion(elf.textAt(address) ?? "")).filter((hex) => hex !== undefined),
  );
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

/** x86-64: each four bytes taken as a distance from their end (`lea`) and as an address (`mov`); what is neither points at no version. */
function operandsOf(code: Buffer, start: number): readonly number[] {
  return Array.from({ length: Math.max(0, code.length - 3) }, (_, at) => [
    start + at + 4 + code.readInt32LE(at),
    code.readUInt32LE(at),
  ]).flat();
}

/** AArch64: `adrp` names a page, a following `add` the place in it. Exported for its test, which has no such machine. */
export function pairsOf(code: Buffer, start: number): readonly number[] {
  const pages = new Map<number, number>();
  const addresses: number[] = [];
  for (let at = 0; at + 4 <= code.length; at += 4) {
    const word = code.readUInt32LE(at);
    if ((word & 0x9f000000) >>> 0 === 0x90000000) pages.set(word & 31, pageOf(word, start + at));
    const page = (word & 0xffc00000) >>> 0 === 0x91000000 ? pages.get((word >>> 5) & 31) : undefined;
    if (page !== undefined) addresses.push(page + ((word >>> 10) & 0xfff));
  }
  return addresses;
}

function pageOf(word: number, at: number): number {
  const immediate = (((word >>> 5) & 0x7ffff) << 2) | ((word >>> 29) & 3);
  const signed = immediate >= 0x100000 ? immediate - 0x200000 : immediate;
  return at - (at % 4096) + signed * 4096;
}

/** "3.9.18", "3.14.0rc2", "3.12.0+" → PY_VERSION_HEX. */
export function parseVersion(text: string): VersionHex | undefined {
  const [, major, minor, micro, level, serial] = textPattern.exec(text) ?? [];
  if (major === undefined || minor === undefined || micro === undefined) return undefined;
  const last = level === undefined ? releaseLevel << 4 : ((levels[level] ?? 0) << 4) | Number(serial);
  return versionHex(((Number(major) << 24) | (Number(minor) << 16) | (Number(micro) << 8) | last) >>> 0);
}

const oldestKnown = 8;
const newestKnown = 15;
export const knownVersions = `3.${oldestKnown} to 3.${newestKnown}`;

/** Alphas and betas still move their fields, so only candidates and releases count. */
export function isKnown(hex: VersionHex): boolean {
  const [major, minor, level] = [hex >>> 24, (hex >>> 16) & 0xff, (hex >>> 4) & 0xf];
  return major === 3 && minor >= oldestKnown && minor <= newestKnown && level >= 0xc;
}
