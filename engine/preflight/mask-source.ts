// Source in Python or C in, the same with its lines where they were and without secrets out: what stands in strings and comments is masked as any text
// is, code only where a key stands in it. Used by engine/recorder/privacy.ts.
import { maskName, maskText, secretName } from "./mask.ts";
import type { SourceLanguage } from "./source-language.ts";

/** Strings over several lines, strings, comments. One that is not closed ends with its line. */
const pieces = {
  python: /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|#[^\n]*/g,
  c: /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/g,
};
/** `password = `, `"token": `, `environ["KEY"] = `, `secret(`: the string that follows is the secret. */
const python = new RegExp(String.raw`${secretName}["']?\]?\s*(?:[=:,(]|==|!=)\s*[bfru]{0,2}$`, "i");
/** As well: `char token[] = {`, `#define API_KEY `. */
const c = new RegExp(String.raw`${secretName}["']?(?:\[\w*\])?(?:\s*(?:[=:,(]|==|!=)[\s{(]*|\s+)(?:u8|[uUL])?R?$`, "i");
const named = { python, c };
const before = 120;
/** A longer line is no source that anybody reads; what is left of it could hide half a secret. */
const longestLine = 2000;

const stars = "***";
const linesKept = (secret: string): string => stars + secret.replace(/[^\n]+/g, "");

export function maskSource(text: string, language: SourceLanguage = "python"): string {
  const source = text.replace(new RegExp(`[^\\n]{${longestLine},}`, "g"), stars);
  const parts: string[] = [];
  let end = 0;
  for (const { 0: piece, index } of source.matchAll(pieces[language])) {
    const secret = named[language].test(source.slice(Math.max(0, index - before), index));
    parts.push(maskName(source.slice(end, index)), masked(piece, secret));
    end = index + piece.length;
  }
  parts.push(maskName(source.slice(end)));
  return parts.join("");
}

function masked(piece: string, secret: boolean): string {
  const quote = /^(?:"""|'''|"|')/.exec(piece)?.[0];
  if (secret && quote !== undefined) {
    return quote + linesKept(piece.slice(quote.length)) + quote;
  }
  return maskText(piece, { homes: [], hide: linesKept });
}
