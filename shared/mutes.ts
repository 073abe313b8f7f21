// Rules that mute suspects which somebody knows, as schemas; and which of them is about a suspect. Kept in a file that can be shared. Next: rpc-contract.ts,
// engine/diagnosis/mutes.ts.
import * as v from "valibot";
import type { Suspect } from "./diagnosis-document.ts";

const longest = 1024;
const mostRules = 500;
const text = v.pipe(v.string(), v.maxLength(longest));

export const muteRule = v.strictObject({
  /** "*": of any type; null: memory that is no Python object. */
  type: v.nullable(text),
  /** A part of the path of a module or file that it was allocated in or that is blamed; `*` is anything. Empty: anywhere. */
  site: text,
  reason: v.pipe(text, v.trim(), v.minLength(1, "say why")),
});
export type MuteRule = v.InferOutput<typeof muteRule>;

export const mutesFile = v.object({
  version: v.literal(1),
  rules: v.pipe(v.array(muteRule), v.maxLength(mostRules)),
});

export const mutes = v.object({
  /** Where the rules are kept. */
  file: v.string(),
  rules: v.array(muteRule),
  /** Why the file that is there is not followed; null where it is, or there is none. */
  problem: v.nullable(v.string()),
});
export type Mutes = v.InferOutput<typeof mutes>;

export const muteCalls = {
  "mutes.list": { params: v.strictObject({}), result: mutes },
  "mutes.add": { params: v.strictObject({ rule: muteRule }), result: mutes },
  "mutes.remove": { params: v.strictObject({ rule: muteRule }), result: mutes },
} as const;

export const isSameRule = (a: MuteRule, b: MuteRule): boolean =>
  a.type === b.type && a.site === b.site && a.reason === b.reason;

/** The first one that is about it. */
export const muteOf = (rules: readonly MuteRule[], suspect: Suspect): MuteRule | undefined =>
  rules.find(({ type, site }) => (type === "*" || type === suspect.type) && isAt(site, suspect));

function isAt(site: string, { blame, allocationSite }: Suspect): boolean {
  if (site === "") return true;
  const paths = [blame?.module, blame?.file, ...(allocationSite ?? []).map(({ file }) => file)];
  return paths.some((path) => typeof path === "string" && hasParts(path, site.split("*")));
}

/** The parts one after the other, with anything between them. */
function hasParts(path: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = path.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}
