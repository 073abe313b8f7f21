// What was typed and a name in, how well it fits and which letters are meant out; undefined where it does not. Next: logic/palette.ts.

export interface Fit {
  /** More is better. */
  readonly score: number;
  /** Places of the letters in the name. */
  readonly at: readonly number[];
}

const worth = { letter: 1, follows: 4, beginsWord: 6, beginsName: 4 } as const;

/** All letters in their order. The best of the ways that begin at each possible place: names are short. */
export function fitOf(typed: string, name: string): Fit | undefined {
  const letters = [...typed.toLowerCase()].filter((letter) => letter !== " ");
  const among = name.toLowerCase();
  if (letters.length === 0) return { score: 0, at: [] };
  let best: Fit | undefined;
  for (let from = among.indexOf(letters[0] ?? ""); from >= 0; from = among.indexOf(letters[0] ?? "", from + 1)) {
    const found = fitFrom(letters, among, from);
    if (!found) break;
    if (!best || found.score > best.score) best = found;
  }
  return best;
}

function fitFrom(letters: readonly string[], among: string, from: number): Fit | undefined {
  const at: number[] = [];
  let score = 0;
  for (const letter of letters) {
    const found = nextOf(letter, among, (at.at(-1) ?? from - 1) + 1);
    if (found < 0) return undefined;
    score += worthOf(among, found, at.at(-1));
    at.push(found);
  }
  return { score: score - among.length / 100, at };
}

/** The next letter, rather at a word's beginning when that is not far. */
function nextOf(letter: string, among: string, from: number): number {
  const next = among.indexOf(letter, from);
  if (next < 0 || next === from || beginsWord(among, next)) return next;
  for (let at = among.indexOf(letter, next + 1); at >= 0; at = among.indexOf(letter, at + 1))
    if (beginsWord(among, at)) return at;
  return next;
}

function worthOf(among: string, at: number, before: number | undefined): number {
  const follows = before !== undefined && at === before + 1 ? worth.follows : 0;
  const begins = beginsWord(among, at) ? worth.beginsWord : 0;
  return worth.letter + follows + begins + (at === 0 ? worth.beginsName : 0);
}

const beginsWord = (among: string, at: number): boolean => at === 0 || /[\s./:_-]/.test(among[at - 1] ?? "");
