// A recording with a snapshot and an object in it in, who holds that object out. Next: the user, or a script.
import { resolve } from "node:path";
import * as v from "valibot";
import { fail, ok } from "../../shared/failures.ts";
import { defineVerb, flag, wholeFrom } from "../verb.ts";
import { whyLines } from "../why-text.ts";
import { withEngine } from "../with-engine.ts";

const mostSnapshots = 1_000_000;
const longestName = 512;
const options = v.object({ snapshot: v.optional(wholeFrom(0, mostSnapshots)), json: flag });

export const verb = defineVerb(options, async (terminal, [file = "", object = ""], { snapshot, json }) => {
  const named = object.startsWith("type:") ? object : object.toLowerCase();
  if (named.length > longestName) return fail("no-such-object", { object: `${object.slice(0, 64)}…` });
  return withEngine(async (engine) => {
    const asked = { path: resolve(file), object: named, ...(snapshot === undefined ? {} : { id: snapshot }) };
    const told = await engine.call("heap.why", asked);
    if (!told.ok) return told;
    if (json) terminal.document(told.value);
    else terminal.result(whyLines(told.value, terminal).join("\n"));
    return ok(0);
  });
});
