// What was typed into a filter box and the words of a row in, whether the row stays out. Next: views.

/** Every word must be found somewhere; `-word` must not; case does not matter. */
export function matches(filter: string, words: readonly (string | null | undefined)[]): boolean {
  const text = words.join("\n").toLowerCase();
  return terms(filter).every((term) => (term.not ? !text.includes(term.word) : text.includes(term.word)));
}

interface Term {
  readonly word: string;
  readonly not: boolean;
}

function terms(filter: string): readonly Term[] {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .map((word) => (word.startsWith("-") ? { word: word.slice(1), not: true } : { word, not: false }))
    .filter((term) => term.word !== "");
}
