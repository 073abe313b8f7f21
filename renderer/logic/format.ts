// Numbers in, words out: tabular, with their unit, "—" where nothing is known. Next: views show them.

export const unknown = "—";
/** A hyphen is no minus; U+2212 is as wide as a figure. */
const minus = "−";
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const threeDigits = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

type Maybe = number | null | undefined;
const isKnown = (value: Maybe): value is number => typeof value === "number" && Number.isFinite(value);
const signOf = (value: number) => (value < 0 ? minus : value > 0 ? "+" : "");
const withMinus = (value: number, text: (positive: number) => string) =>
  `${value < 0 ? minus : ""}${text(Math.abs(value))}`;

/** 1,284,310 */
export function count(value: Maybe): string {
  return isKnown(value) ? withMinus(value, (n) => whole.format(n)) : unknown;
}

/** 1.99 is said as 2, 0.5 as 0.5: what is counted on average. */
export function rough(value: Maybe): string {
  return isKnown(value) ? withMinus(value, (n) => oneDigit.format(n).replace(/\.0$/, "")) : unknown;
}

/** +200, −1 */
export function change(value: Maybe): string {
  return isKnown(value) ? `${signOf(value)}${count(Math.abs(value))}` : unknown;
}

/** 2.1 M, for axes and rates. */
export function shortCount(value: Maybe): string {
  return isKnown(value) ? withMinus(value, (n) => scaled(n, 1000, ["", " k", " M", " G", " T"])) : unknown;
}

/** 214 MiB */
export function bytes(value: Maybe): string {
  return isKnown(value) ? withMinus(value, (n) => scaled(n, 1024, [" B", " KiB", " MiB", " GiB", " TiB"])) : unknown;
}

/** 214,302,720 B, for a tooltip beside the short form. */
export function exactBytes(value: Maybe): string {
  return isKnown(value) ? `${count(value)} B` : unknown;
}

/** +200.1 /s */
export function growth(value: Maybe): string {
  if (!isKnown(value)) return unknown;
  const size = Math.abs(value);
  if (size < 0.05) return size === 0 ? "0 /s" : `${signOf(value)}<0.1 /s`;
  return `${signOf(value)}${size < 10_000 ? oneDigit.format(size) : scaled(size, 1000, ["", " k", " M", " G"])} /s`;
}

/** +1.2 KiB/s */
export function byteGrowth(value: Maybe): string {
  if (!isKnown(value)) return unknown;
  return Math.abs(value) < 0.5 ? "0 B/s" : `${signOf(value)}${bytes(Math.abs(value))}/s`;
}

/** 2.1 M/s */
export function rate(value: Maybe): string {
  return isKnown(value) ? `${shortCount(value)}/s` : unknown;
}

/** 93.3 %, "<0.1 %" for what is there but small. */
export function fraction(value: Maybe): string {
  if (!isKnown(value)) return unknown;
  return value > 0 && value < 0.001 ? "<0.1 %" : `${oneDigit.format(value * 100)} %`;
}

/** 04:12 or 1:04:12, as a clock that runs. */
export function clock(seconds: Maybe): string {
  if (!isKnown(seconds)) return unknown;
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`;
}

/** Along an axis: 0.5 s, 15 s, 1:30, 1:04:12. */
export function axisTime(seconds: number): string {
  if (seconds < 60) return `${threeDigits.format(seconds)} s`;
  return clock(seconds).replace(/^0/, "");
}

/** 5.12 ms, 15.2 s, 4 min 12 s, 9 h 10 min */
export function duration(seconds: Maybe): string {
  if (!isKnown(seconds)) return unknown;
  if (seconds < 0) return `${minus}${duration(-seconds)}`;
  if (seconds === 0) return "0 s";
  if (seconds < 1e-6) return `${threeDigits.format(seconds * 1e9)} ns`;
  if (seconds < 1e-3) return `${threeDigits.format(seconds * 1e6)} µs`;
  if (seconds < 1) return `${threeDigits.format(seconds * 1e3)} ms`;
  if (seconds < 60) return `${threeDigits.format(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  if (seconds >= 172_800)
    return `${whole.format(Math.floor(seconds / 86_400))} d ${Math.floor((seconds % 86_400) / 3600)} h`;
  return `${whole.format(Math.floor(seconds / 3600))} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** 2026-05-03 14:07:22, local time; undefined stays unknown, and what is no time is not guessed. */
export function when(iso: string | null | undefined): string {
  const at = new Date(iso ?? Number.NaN);
  if (Number.isNaN(at.getTime())) return unknown;
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** 1 process, 3 processes */
export function counted(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

function scaled(value: number, step: number, units: readonly string[]): string {
  let left = value;
  let unit = 0;
  while (left >= step - 0.5 && unit < units.length - 1) {
    left /= step;
    unit++;
  }
  const digits = unit === 0 ? (Number.isInteger(left) ? whole : oneDigit) : left < 1000 ? threeDigits : whole;
  return `${digits.format(left)}${units[unit]}`;
}
