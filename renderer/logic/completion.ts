// What stands in a filter box and the table's fields in, the names that could be meant at the caret, and the text with one of them, out.
// Next: parts/FilterBox.tsx.
import { unitWords } from "../../shared/filter/amount.ts";
import type { FieldKinds } from "../../shared/filter/filter.ts";

export interface Offer {
  readonly name: string;
  /** What is written for it: `type:`, `live>`. */
  readonly text: string;
  readonly means: string;
}
export interface Offers {
  /** The letters that an offer replaces. */
  readonly from: number;
  readonly to: number;
  readonly names: readonly Offer[];
}

/** Of a word that may become a field; `all`: also where nothing has been typed yet. */
export function offersAt(text: string, caret: number, fields: FieldKinds, all: boolean): Offers | undefined {
  const [, word = ""] = /(?:^|\s)-?([a-z]*)$/i.exec(text.slice(0, caret)) ?? [undefined, undefined];
  const isWord = /(?:^|\s)-?[a-z]*$/i.test(text.slice(0, caret)) && !/^\S/.test(text.slice(caret));
  if (!isWord || (word === "" && !all)) return undefined;
  const names = Object.entries(fields)
    .filter(([name]) => name.startsWith(word.toLowerCase()))
    .map(([name, { kind }]) => ({
      name,
      text: `${name}${kind === "words" ? ":" : ">"}`,
      means: kind === "words" ? "a part of its words" : unitWords[kind],
    }));
  return names.length === 0 ? undefined : { from: caret - word.length, to: caret, names };
}

export const completed = (text: string, { from, to }: Offers, offer: Offer): string =>
  text.slice(0, from) + offer.text + text.slice(to);

/** words, type:…, live>… */
export function placeholderOf(fields: FieldKinds): string {
  const names = Object.entries(fields);
  const word = names.find(([, { kind }]) => kind === "words")?.[0];
  const amount = names.find(([, { kind }]) => kind !== "words")?.[0];
  return ["Filter: words", word && `${word}:…`, amount && `${amount}>…`, "-not"].filter(Boolean).join(", ");
}

export const fieldsInWords = (fields: FieldKinds): string => `Fields: ${Object.keys(fields).join(", ")}.`;
