// Numbers in, the words of a terminal out, and the words of an option in, numbers out. Next: the verbs.
import * as v from "valibot";
import { markName } from "../../shared/marks.ts";

const countSteps = ["", "k", "M", "G", "T"] as const;
const byteSteps = ["B", "KiB", "MiB", "GiB", "TiB"] as const;
const durations = { ms: 0.001, s: 1, m: 60, h: 3600 } as const;
const sizes: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** 1234567 → "1.23 M". */
export const countText = (value: number): string => scaled(value, 1000, countSteps).trimEnd();
/** 1536 → "1.50 KiB". */
export const bytesText = (value: number): string => scaled(value, 1024, byteSteps);

function scaled(value: number, base: number, steps: readonly string[]): string {
  let [rest, step] = [value, 0];
  while (rest >= base && step < steps.length - 1) [rest, step] = [rest / base, step + 1];
  const digits = step === 0 ? 0 : rest < 10 ? 2 : rest < 100 ? 1 : 0;
  return `${rest.toFixed(digits)} ${steps[step] ?? ""}`;
}

/** "30s", "5m", "250ms" → seconds. A bare number is refused: of what? */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const factor = Object.entries(durations).find(([name]) => name === unit)?.[1];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}

/** "100MB", "1.5GiB", "4096" → bytes. */
export function parseSize(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?) ?([kmg]?i?b|)$/i.exec(text) ?? [];
  const factor = unit === undefined ? undefined : sizes[unit.toLowerCase()];
  return amount === undefined || factor === undefined ? undefined : Math.round(Number(amount) * factor);
}

/** "10s" → at 10; "10s=warm" → named as well. */
export function parseMark(text: string): { readonly at: number; readonly name?: string } | undefined {
  const [, time = "", name] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  const at = parseDuration(time);
  if (at === undefined) return undefined;
  const known = v.safeParse(v.optional(markName), name);
  if (!known.success) return undefined;
  return known.output === undefined ? { at } : { at, name: known.output };
}
