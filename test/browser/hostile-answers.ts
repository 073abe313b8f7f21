// An answer of a drawn situation in, with a marker where words from outside stand; the same with hostile texts there, out. Next: scene.ts.
import type { Result } from "../../shared/failures.ts";
import { hostileTexts } from "../fixtures/hostile-texts.ts";

/** Stands where a word from outside does. */
export const hostile = "HostileWordsFromOutside";

/** What is longer than this is cut where it is shown, so no field is given more. */
const roomFor = 400;

/** All of them, so many in a field as are still shown. */
export const packs: readonly (readonly string[])[] = packed(hostileTexts);

function packed(texts: readonly string[]): readonly (readonly string[])[] {
  const usual = texts.filter(({ length }) => length <= roomFor);
  const filled: string[][] = [[]];
  for (const text of usual) {
    if ([...(filled.at(-1) ?? []), text].join(" ").length > roomFor) filled.push([]);
    filled.at(-1)?.push(text);
  }
  const overlong = texts.filter(({ length }) => length > roomFor);
  for (const [at, text] of overlong.entries()) filled[at % filled.length]?.push(text);
  return filled;
}

/** Rounds are so far apart that a few of them show each field a good part of the packs, and as many as there are packs all of them. */
const apart = 3;

/** Neighbouring fields have neighbouring packs, and each another text first: some places show no more than a few letters. */
export function planted<T>(result: Result<T>, round: number): Result<T> {
  let place = 0;
  const next = () => {
    const texts = packs[(round * apart + place) % packs.length] ?? [];
    const first = place++ % texts.length;
    const text = [...texts.slice(first), ...texts.slice(0, first)].join(" ");
    return JSON.stringify(text).slice(1, -1);
  };
  return JSON.parse(JSON.stringify(result).replaceAll(hostile, next));
}
