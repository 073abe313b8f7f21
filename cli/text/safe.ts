// Text from outside in, text that a terminal shows as what it is out. Next: table.ts, the verbs.

/** Control characters could move the cursor or speak to the terminal; others reorder a line, or stand in it unseen. */
const unsafe = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const longest = 2048;

export function safe(text: string): string {
  const shown = text.replace(unsafe, codeOf);
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
}
