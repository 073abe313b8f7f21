// A site as somebody writes it in, what the agent looks for out, or why it is none. Next: session.ts.
import type { SampleSite } from "../../shared/agent-protocol.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";

const typeName = /^[\p{L}\p{N}_.]+$/u;
const functionName = /^[\p{L}\p{N}_.<>]+$/u;
const longest = 1024;

/** `type:NAME`, `FILE:LINE`, `FUNCTION`, or one of the last two with `TYPE@` before. */
export function parseSite(text: string): Result<SampleSite> {
  const no = (why: string) => fail("not-a-site", { site: text, why });
  if (text.length > longest) return no("that is too long");
  const whole = text.startsWith("type:");
  const [given, place] = split(whole ? text.slice("type:".length) : text, whole);
  if (given !== undefined && (!typeName.test(given) || given.length > 256))
    return no(`${given || "nothing"} is no name of a type`);
  const type = given === undefined ? {} : { type: given };
  if (place === undefined) return ok(type);
  const [, file, line] = /^(.+):(\d{1,9})$/.exec(place) ?? [];
  if (file !== undefined && Number(line) > 0) return ok({ ...type, file, line: Number(line) });
  if (place.endsWith(".py")) return no("the line is missing");
  return functionName.test(place) ? ok({ ...type, function: place }) : no("it names no line and no function");
}

/** A path may have an @ in it: only what can be a type stands before the first one. */
function split(text: string, isType: boolean): readonly [type: string | undefined, place: string | undefined] {
  const at = text.indexOf("@");
  const before = text.slice(0, Math.max(0, at));
  if (at > 0 && (isType || typeName.test(before))) return [before, text.slice(at + 1)];
  return isType ? [text, undefined] : [undefined, text];
}
