// A pid and addresses of objects in, what became of their reference counts out: net changes by function, then the last events. Next: the user, or a script.
import { resolve } from "node:path";
import * as v from "valibot";
import { exitOf, fail, ok, type Result } from "../../shared/failures.ts";
import type { RecordRequest } from "../../shared/rpc-contract.ts";
import { follow } from "../following.ts";
import { defineVerb, duration, flag, parsePid } from "../verb.ts";
import { historyLines } from "../watch-text.ts";
import { withEngine } from "../with-engine.ts";

const options = v.object({
  for: v.optional(duration),
  out: v.optional(v.pipe(v.string(), v.minLength(1, "give a file"))),
  overrideRemoteDebug: flag,
  json: flag,
});
/** As many breakpoints has the processor. */
const most = 4;

export const verb = defineVerb(options, async (terminal, [word, ...given], chosen) => {
  const pid = parsePid(word);
  if (!pid.ok) return pid;
  const objects = addresses(given, pid.value);
  if (!objects.ok) return objects;
  return withEngine(async (engine) => {
    const request = { pid: pid.value, watch: [...objects.value], ...requestOf(chosen) };
    const followed = await follow(engine, engine.call("recording.start", request), terminal);
    if (!followed.ok) return followed;
    const { state, stopper } = followed.value;
    const told = await engine.call("history.report", { path: state.path });
    if (!told.ok) return told;
    const all = told.value?.histories ?? [];
    const [only] = all;
    if (!chosen.json) terminal.result(all.flatMap((one) => historyLines(one, terminal)).join("\n"));
    else if (all.length === 1 && only) terminal.document(only);
    else terminal.document({ schema: "refscope.histories/1", ...told.value });
    if (state.ended) terminal.complain(state.ended, false);
    return ok(stopper ?? (state.ended ? exitOf(state.ended.code) : 0));
  });
});

function addresses(words: readonly string[], pid: number): Result<readonly string[]> {
  if (words.length > most) return fail("too-many-objects", { given: words.length, most });
  const wrong = words.find((word) => !/^0x[0-9a-f]{1,16}$/i.test(word));
  if (wrong !== undefined) return fail("not-an-object", { address: wrong, pid, why: "that is no address" });
  const found = words.map((word) => word.toLowerCase());
  return new Set(found).size < found.length ? fail("usage", { what: "an object is given twice" }) : ok(found);
}

const requestOf = (chosen: v.InferOutput<typeof options>): Partial<RecordRequest> => ({
  ...(chosen.out === undefined ? {} : { out: resolve(chosen.out) }),
  ...(chosen.for === undefined ? {} : { forSeconds: chosen.for }),
  ...(chosen.overrideRemoteDebug ? { overrideRemoteDebug: true } : {}),
});
