// A recording and a level in; a new one without what is private, or only the list of that, out. Next: who it is sent to.
import { resolve } from "node:path";
import * as v from "valibot";
import { type Redaction, redactionLevels } from "../../shared/evidence-documents.ts";
import { fail, ok } from "../../shared/failures.ts";
import type { Terminal } from "../terminal.ts";
import { safe } from "../text/safe.ts";
import { bytesText } from "../text/units.ts";
import { defineVerb, flag } from "../verb.ts";
import { withEngine } from "../with-engine.ts";

const options = v.object({
  out: v.optional(v.pipe(v.string(), v.minLength(1, "give a file"))),
  level: v.optional(v.picklist(redactionLevels, `choose ${redactionLevels.join(" or ")}`), "standard"),
  dryRun: flag,
  json: flag,
});
const mostLines = 200;

export const verb = defineVerb(options, async (terminal, [file], { out, level, dryRun, json }) => {
  if (out === undefined && !dryRun) return fail("usage", { what: "--out: give the file to write, or --dry-run" });
  return withEngine(async (engine) => {
    const request = { path: resolve(file ?? ""), level, out: out === undefined || dryRun ? undefined : resolve(out) };
    const redacted = await engine.work({ kind: "redact", ...request }, (_, of) =>
      terminal.progress(`reading ${bytesText(of)}`),
    );
    if (!redacted.ok) return redacted;
    if (json) terminal.document(redacted.value);
    else show(terminal, redacted.value, dryRun);
    return ok(0);
  });
});

/** The list is the result of a preview, and talk beside the path of a file. */
function show(terminal: Terminal, { removed, replaced, of, out, bytes }: Redaction, preview: boolean): void {
  const say = (line: string) => (preview ? terminal.result(line) : terminal.talk(line));
  if (out !== null) terminal.result(out);
  for (const { what, rows } of removed) say(`left out: ${rows} ${what}`);
  for (const { what, from, to } of replaced.slice(0, mostLines)) say(`${what}: ${safe(from)} → ${safe(to)}`);
  if (of > mostLines) say(`and ${of - mostLines} more; --json lists ${replaced.length}`);
  const texts = of === 1 ? "1 text" : `${of} texts`;
  say(`${preview ? "would replace" : "replaced"} ${texts}${bytes === null ? "" : `, wrote ${bytesText(bytes)}`}`);
}
