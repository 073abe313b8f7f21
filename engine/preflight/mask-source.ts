// Python source in, the same with its lines where they were and without secrets out: what stands in strings and comments is masked as any text is,
// code only where a key stands in it. Used by engine/recorder/privacy.ts.
import { maskName, maskText, secretName } from "./mask.ts";

/** Strings over several lines, strings, comments. One that is not closed ends with its line. */
const pieces = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|#[^\n]*/g;
/** `password = `, `"token": `, `environ["KEY"] = `, `secret(`: the string that follows is the secret. */
const named = new RegExp(String.raw`${secretName}["']?\]?\s*(?:[=:,(]|==|!=)\s*[bfru]{0,2}$`, "i");
const before = 120;
/** A longer line is no source that anybody reads; what is left of it could hide half a secret. */
const longestLine = 2000;

const stars = "***";
const linesKept = (secret: string): string => stars + secret.replace(/[^\n]+/g, "");

export function maskSource(text: string): string {
  const source = text.replace(new RegExp(`[^\\n]{${longestLine},}`, "g"), stars);
  const parts: string[] = [];
  let end = 0;
  for (const { 0: piece, index } of source.matchAll(pieces)) {
    parts.push(maskName(source.slice(end, index)), masked(piece, source.slice(Math.max(0, index - before), index)));
    end = index + piece.length;
  }
  parts.push(maskName(source.slice(end)));
  return parts.join("");
}

function masked(piece: string, preceding: string): string {
  if (!piece.startsWith("#") && named.test(preceding)) {
    const quote = /^(?:"""|'''|"|')/.exec(piece)?.[0] ?? "";
    return quote + linesKept(piece.slice(quote.length)) + quote;
  }
  return maskText(piece, { homes: [], hide: linesKept });
}
