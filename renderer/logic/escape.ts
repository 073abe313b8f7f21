// Words of the target, a file or a user in; the same words with nothing invisible in them out. Next: parts/Words.tsx shows them.

/** Control characters, and those that reorder, hide or join what stands around them. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Longer text is never of use on a screen and may be a name made to fill it. */
export const longestWords = 512;

/** U+202E becomes ⟨U+202E⟩: seen, harmless and searchable. */
export function visible(text: string, atMost = longestWords): string {
  const letters = Array.from(text);
  const kept = letters.length > atMost ? [...letters.slice(0, atMost - 1), "…"] : letters;
  return kept.join("").replace(unseen, (letter) => `⟨U+${hex(letter)}⟩`);
}

const hex = (letter: string) => (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
