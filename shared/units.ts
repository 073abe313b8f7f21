// Plain numbers in, numbers that wear their unit out. The only casts of the house are here. Next: records.ts.
declare const unit: unique symbol;
export type Brand<T, U extends string> = T & { readonly [unit]: U };

/** A process id of the host's pid namespace. */
export type Pid = Brand<number, "pid">;
/** CLOCK_MONOTONIC of the target's machine; a double holds 104 days to the nanosecond. */
export type Nanoseconds = Brand<number, "ns">;
export type Milliseconds = Brand<number, "ms">;
export type Seconds = Brand<number, "s">;
export type Bytes = Brand<number, "bytes">;
/** How many; exact up to 2^53. */
export type Count = Brand<number, "count">;
/** Objects or bytes a second, by a robust slope. */
export type PerSecond = Brand<number, "1/s">;
/** Of the target's memory; user space has 47 or 48 bits, so a double is exact. */
export type Address = Brand<number, "address">;
/** PY_VERSION_HEX of CPython's patchlevel.h, 0x030b07f0 for 3.11.7. */
export type VersionHex = Brand<number, "PY_VERSION_HEX">;

export const pid = (n: number): Pid => n as Pid;
export const nanoseconds = (n: number): Nanoseconds => n as Nanoseconds;
export const milliseconds = (n: number): Milliseconds => n as Milliseconds;
export const seconds = (n: number): Seconds => n as Seconds;
export const bytes = (n: number): Bytes => n as Bytes;
export const count = (n: number): Count => n as Count;
export const perSecond = (n: number): PerSecond => n as PerSecond;
export const address = (n: number): Address => n as Address;
export const versionHex = (n: number): VersionHex => n as VersionHex;

export const secondsOf = (time: Nanoseconds): Seconds => seconds(time / 1e9);
export const millisecondsOf = (time: Seconds): Milliseconds => milliseconds(time * 1000);

/** "3.11.7", "3.14.0rc2": what PY_VERSION_HEX says. */
export function versionText(hex: VersionHex): string {
  const [major, minor, micro] = [hex >>> 24, (hex >>> 16) & 0xff, (hex >>> 8) & 0xff];
  const level = { 0xa: "a", 0xb: "b", 0xc: "rc" }[(hex >>> 4) & 0xf];
  return `${major}.${minor}.${micro}${level ? `${level}${hex & 0xf}` : ""}`;
}
