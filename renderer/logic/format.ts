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
  return isKnown(value) ? withMinus(value, (n) => (n > 0 && n < 0.5 ? "<1" : whole.format(n))) : unknown;
}

/** 1.99 is said as 2, 0.5 as 0.5: what is counted on average. */
export function rough(value: Maybe): string {
  return isKnown(value)
    ? withMinus(value, (n) => (n < 0.05 ? measured(n) : oneDigit.format(n).replace(/\.0$/, "")))
    : unknown;
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

/** +200 /s */
export function growth(value: Maybe): string {
  return isKnown(value) ? `${signOf(value)}${rate(Math.abs(value))}` : unknown;
}

/** +1.2 KiB/s */
export function byteGrowth(value: Maybe): string {
  return isKnown(value) ? `${signOf(value)}${bytes(Math.abs(value))}/s` : unknown;
}

/** 431 /s, 2.1 M/s: a number, a space, a unit. */
export function rate(value: Maybe): string {
  const said = shortCount(value);
  return said === unknown ? unknown : `${said}${/[a-z]$/i.test(said) ? "" : " "}/s`;
}

/** 93.3 %, "<0.1 %" for what is there but small. */
export function fraction(value: Maybe): string {
  if (!isKnown(value)) return unknown;
  return withMinus(value, (part) => (part > 0 && part < 0.001 ? "<0.1 %" : `${oneDigit.format(part * 100)} %`));
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
  if (threeOf(seconds) < 60) return `${measured(seconds)} s`;
  return clock(Math.max(60, seconds)).replace(/^0/, "");
}

/** 5.12 ms, 15.2 s, 4 min 12 s, 9 h 10 min */
export function duration(seconds: Maybe): string {
  if (!isKnown(seconds)) return unknown;
  if (seconds < 0) return `${minus}${duration(-seconds)}`;
  if (seconds === 0) return "0 s";
  for (const { name, of, below } of shortTimes)
    if (threeOf(seconds * of) < below) return `${measured(seconds * of)} ${name}`;
  const rest = Math.round(seconds);
  if (rest < 3600) return `${Math.floor(rest / 60)} min ${rest % 60} s`;
  if (rest >= 172_800) return `${whole.format(Math.floor(rest / 86_400))} d ${Math.floor((rest % 86_400) / 3600)} h`;
  return `${whole.format(Math.floor(rest / 3600))} h ${Math.floor((rest % 3600) / 60)} min`;
}

/** What rounds up to `below` is told in the next unit. */
const shortTimes = [
  { name: "ns", of: 1e9, below: 1000 },
  { name: "µs", of: 1e6, below: 1000 },
  { name: "ms", of: 1e3, below: 1000 },
  { name: "s", of: 1, below: 60 },
] as const;

/** 2026-05-03 14:07:22, local time; undefined stays unknown, and what is no time is not guessed. */
export function when(iso: string | null | undefined): string {
  const at = new Date(iso ?? Number.NaN);
  if (Number.isNaN(at.getTime())) return unknown;
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** 2026-05-03T14:07:22+02:00: the same with its offset, for a tooltip and to copy. */
export function exactTime(iso: string | null | undefined): string {
  const at = new Date(iso ?? Number.NaN);
  const told = when(iso);
  if (told === unknown) return unknown;
  const ahead = -at.getTimezoneOffset();
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  const size = Math.abs(ahead);
  return `${told.replace(" ", "T")}${ahead < 0 ? "-" : "+"}${two(size / 60)}:${two(size % 60)}`;
}

/** 0x + 12 digits, which is what user space has. What is no address stays as it is. */
export function address(text: string): string {
  return text.replace(/^0x([0-9a-f]{1,11})$/, (_, digits: string) => `0x${digits.padStart(12, "0")}`);
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
  return `${measured(left)}${units[unit]}`;
}

/** Three digits of what was measured, all of them of 1,023. What is there is never said as 0. */
function measured(size: number): string {
  if (size >= 1000) return whole.format(size);
  return size > 0 && size < 0.0005 ? "<0.001" : threeDigits.format(size);
}

const threeOf = (size: number): number => Number(size.toPrecision(3));
