// Text from outside in, text that a terminal shows as what it is out. Next: table.ts, the verbs.

/** Control characters could move the cursor or speak to the terminal; bidirectional ones could reorder a line. */
const unsafe = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\p{Cs}]/gu;
const longest = 2048;

export function safe(text: string): string {
  const shown = text.replace(unsafe, codeOf);
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
