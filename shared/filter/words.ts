// What was typed as a filter in, its terms with their places out, before any field is looked up. Next: filter.ts.

export const operators = [">=", "<=", ":", "=", ">", "<"] as const;
export type Operator = (typeof operators)[number];

interface Placed {
  /** Where in the text it begins, and how long it is. */
  readonly at: number;
  readonly length: number;
  readonly not: boolean;
}
/** `field` is undefined for a word that is sought anywhere. */
export type Term = Placed &
  (
    | { readonly field: undefined; readonly text: string }
    | { readonly field: string; readonly operator: Operator; readonly text: string }
  );

export interface FilterProblem {
  readonly at: number;
  readonly length: number;
  /** A half sentence. */
  readonly what: string;
}
export interface Parsed {
  readonly terms: readonly Term[];
  readonly problems: readonly FilterProblem[];
}

/** A name, what it is compared by, the rest. `std::list` is a word, and so are `app.py:12` and `<module>`. */
const compared = /^([a-z][a-z0-9-]*)(>=|<=|[:=<>])(?!:)([\s\S]*)$/i;
const strayOperator = /^(?:[<>]=?|=)(?:[\d.][\s\S]*)?$/;

export function parseTerms(text: string): Parsed {
  const terms: Term[] = [];
  const problems: FilterProblem[] = [];
  for (const piece of pieces(text)) {
    const { at, length } = piece;
    if (piece.open) problems.push({ at, length, what: 'a closing " is missing' });
    const term = termOf(piece);
    if (typeof term === "string") problems.push({ at, length, what: term });
    else if (term) terms.push(term);
  }
  return { terms, problems };
}

interface Piece {
  readonly at: number;
  readonly length: number;
  readonly not: boolean;
  /** Without its quotes. */
  readonly text: string;
  /** It begins with a quote: no name of a field is in it. */
  readonly quoted: boolean;
  /** A quote that is not closed. */
  readonly open: boolean;
}

function termOf({ at, length, not, text, quoted }: Piece): Term | string | undefined {
  const placed = { at, length, not };
  if (quoted) return text === "" ? undefined : { ...placed, field: undefined, text };
  if (strayOperator.test(text)) return `\`${text}\` belongs to a field, without a space: size${text}`;
  const [, field, sign, rest] = compared.exec(text) ?? [];
  const operator = operators.find((one) => one === sign);
  if (field === undefined || operator === undefined || rest === undefined)
    return text === "" ? undefined : { ...placed, field: undefined, text };
  if (rest === "") return `something is missing after \`${field}${operator}\``;
  return { ...placed, field: field.toLowerCase(), operator, text: rest };
}

/** Parted by spaces that are in no quotes. One pass, whatever is typed. */
function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) at++;
    else {
      const piece = pieceAt(text, at);
      found.push(piece);
      at += piece.length;
    }
  }
  return found;
}

function pieceAt(text: string, at: number): Piece {
  const not = text[at] === "-";
  const from = not ? at + 1 : at;
  let [end, open, word] = [from, false, ""];
  for (; end < text.length && (open || !isSpace(text[end])); end++) {
    if (text[end] === '"') open = !open;
    else word += text[end];
  }
  return { at, length: end - at, not, text: word, quoted: text[from] === '"', open };
}

const isSpace = (letter: string | undefined): boolean => letter !== undefined && /\s/.test(letter);
