// Numbers and texts of a report in, words for people out. Used by every format of this room.

const longest = 512;
/** Control characters, and those that turn the direction of what follows or are not seen: a name could lie with them. */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g;

/** A text of the recording on one line: what cannot be seen is shown as \u202e, what is long is cut. */
export function visible(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return cut.replace(hidden, (found) =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`).join(
      "",
    ),
  );
}

/** 1234567 → "1,234,567" */
export const whole = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ",");

/** Three digits that count: 0.25, 12.3, 4,567. */
export function rate(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return whole(value);
  const digits = size >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}

const units = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

export function byteSize(value: number): string {
  let [size, unit] = [value, 0];
  while (Math.abs(size) >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(size) : rate(size)} ${units[unit] ?? "B"}`;
}

export const signed = (value: string): string => (value.startsWith("-") || value === "0" ? value : `+${value}`);

export function span(seconds: number): string {
  if (seconds < 120) return `${Number(seconds.toFixed(1))} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A path by its end, which tells most, in at most `width` characters. */
export const tail = (text: string, width: number): string =>
  text.length <= width ? text : `…${text.slice(text.length - width + 1)}`;
export const head = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 1)}…`;
