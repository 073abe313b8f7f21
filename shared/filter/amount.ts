// An amount as it is typed in a filter in, its number in the unit that rows have out. Next: filter.ts.

/** What a field holds: words, or numbers with the units that may follow them. Rates may end in "/s". */
export type FieldKind = "words" | "count" | "bytes" | "seconds" | "count rate" | "byte rate";
export type NumberKind = Exclude<FieldKind, "words">;

const counts = { "": 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 } as const;
const bytes = {
  "": 1,
  b: 1,
  ...{ k: 1e3, m: 1e6, g: 1e9, t: 1e12 },
  ...{ kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 },
  ...{ kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 },
} as const;
const seconds = { "": 1, ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, min: 60, h: 3600, d: 86_400 } as const;

const unitsOf: { readonly [K in NumberKind]: Readonly<Record<string, number>> } = {
  count: counts,
  bytes,
  seconds,
  "count rate": counts,
  "byte rate": bytes,
};

/** Said where an amount is not understood. */
export const unitWords: { readonly [K in NumberKind]: string } = {
  count: "a number such as 100, 12k or 3M",
  bytes: "a size such as 4096, 10k or 64KiB",
  seconds: "a time such as 50ms, 2s or 5m",
  "count rate": "a number a second such as 100 or 2k",
  "byte rate": "bytes a second such as 10k or 64KiB",
};

/** 1k, -3.5, 64KiB, 50ms, 2k/s; undefined for what is none. U+2212 is a minus, as the page writes it. */
export function parseAmount(text: string, kind: NumberKind): number | undefined {
  const given = kind.endsWith("rate") ? text.replace(/\/s$/, "") : text;
  const [, sign, digits, unit] = /^([-+\u2212]?)(\d{1,15}(?:\.\d{1,9})?) ?([a-zµ]{0,3})$/i.exec(given) ?? [];
  const units = unitsOf[kind];
  const name = unit?.toLowerCase() ?? "";
  if (digits === undefined || !Object.hasOwn(units, name)) return undefined;
  const amount = Number(digits) * (units[name] ?? Number.NaN);
  return sign === "-" || sign === "\u2212" ? -amount : amount;
}
