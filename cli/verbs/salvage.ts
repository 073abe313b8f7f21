// A damaged recording in, a new one of what could be read and what is missing out. Next: the user, or `report`.
import { resolve } from "node:path";
import * as v from "valibot";
import { fail, ok } from "../../shared/failures.ts";
import { bytesText } from "../text/units.ts";
import { defineVerb, flag } from "../verb.ts";
import { withEngine } from "../with-engine.ts";

const options = v.object({ out: v.optional(v.pipe(v.string(), v.minLength(1, "give a file"))), json: flag });

export const verb = defineVerb(options, async (terminal, [file], { out, json }) => {
  if (out === undefined) return fail("usage", { what: "--out: give the file to write" });
  return withEngine(async (engine) => {
    const job = { kind: "salvage", path: resolve(file ?? ""), out: resolve(out) } as const;
    const salvaged = await engine.work(job, (_, of) => terminal.progress(`reading ${bytesText(of)}`));
    if (!salvaged.ok) return salvaged;
    const { rows, lost, bytes } = salvaged.value;
    if (json) terminal.document(salvaged.value);
    else terminal.result(salvaged.value.out);
    terminal.talk(`kept ${rows} rows, ${bytesText(bytes)}`);
    for (const sentence of lost) terminal.talk(sentence);
    return ok(0);
  });
});
