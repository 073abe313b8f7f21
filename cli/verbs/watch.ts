// A pid, and addresses of objects or a site where they are made, in; what became of their reference counts out: net changes by function, then the last events. Next: the user, or a script.
import { resolve } from "node:path";
import * as v from "valibot";
import type { Engine } from "../../engine/engine.ts";
import { mostSampled } from "../../shared/agent-protocol.ts";
import type { Histories } from "../../shared/documents.ts";
import { exitCodes, exitOf, fail, ok, type Result } from "../../shared/failures.ts";
import type { RecordRequest } from "../../shared/rpc-contract.ts";
import { type Followed, follow } from "../following.ts";
import { sampleLines } from "../sample-text.ts";
import type { Terminal } from "../terminal.ts";
import { defineVerb, duration, flag, parsePid, wholeFrom } from "../verb.ts";
import { historyLines } from "../watch-text.ts";
import { deviceOptions, withDevice } from "../with-device.ts";

const options = v.object({
  for: v.optional(duration),
  sample: v.optional(v.pipe(v.string(), v.minLength(1, "give a site such as app.py:12"))),
  objects: v.optional(wholeFrom(1, mostSampled)),
  out: v.optional(v.pipe(v.string(), v.minLength(1, "give a file"))),
  overrideRemoteDebug: flag,
  ...deviceOptions,
  json: flag,
});
/** As many breakpoints has the processor. */
const most = 4;

type Chosen = v.InferOutput<typeof options>;

export const verb = defineVerb(options, async (terminal, [word, ...given], chosen) => {
  const pid = parsePid(word);
  if (!pid.ok) return pid;
  const what = followedBy(given, pid.value, chosen);
  if (!what.ok) return what;
  return withDevice(chosen, async (engine) => {
    const request = { pid: pid.value, ...what.value, ...requestOf(chosen) };
    const followed = await follow(engine, engine.call("recording.start", request), terminal);
    if (!followed.ok) return followed;
    const { state, stopper } = followed.value;
    const shown = await (chosen.sample === undefined ? showHistories : showSample)(engine, followed.value, terminal);
    if (!shown.ok) return shown;
    if (state.ended) terminal.complain(state.ended, false);
    return ok(stopper ?? (state.ended ? exitOf(state.ended.code) : shown.value));
  });
});

type Shown = Promise<Result<typeof exitCodes.fine | typeof exitCodes.noVerdict>>;

async function showHistories(engine: Engine, { state }: Followed, terminal: Terminal): Shown {
  const told = await engine.call("history.report", { path: state.path });
  if (!told.ok) return told;
  const all: Histories["histories"] = told.value?.histories ?? [];
  const [only] = all;
  if (!terminal.options.json) terminal.result(all.flatMap((one) => historyLines(one, terminal)).join("\n"));
  else if (all.length === 1 && only) terminal.document(only);
  else terminal.document({ schema: "refscope.histories/1", ...told.value });
  return ok(exitCodes.fine);
}

/** Where nothing was made, nothing can be said. */
async function showSample(engine: Engine, { state }: Followed, terminal: Terminal): Shown {
  const told = await engine.call("sample.report", { path: state.path });
  if (!told.ok) return told;
  if (!told.value) return fail("bug", { what: `${state.path} holds no sample` });
  if (terminal.options.json) terminal.document(told.value);
  else terminal.result(sampleLines(told.value, terminal).join("\n"));
  return ok(told.value.counts.followed > 0 ? exitCodes.fine : exitCodes.noVerdict);
}

/** Either addresses or a site. */
function followedBy(
  words: readonly string[],
  pid: number,
  { sample, objects }: Chosen,
): Result<Partial<RecordRequest>> {
  const no = (what: string) => fail("usage", { what });
  if (sample === undefined) {
    if (objects !== undefined) return no("--objects: it needs --sample");
    if (words.length === 0) return no("give an object's address, or --sample SITE");
    const found = addresses(words, pid);
    return found.ok ? ok({ watch: [...found.value] }) : found;
  }
  if (words.length > 0) return no("give addresses of objects or --sample, not both");
  return ok({ sample: { site: sample, ...(objects === undefined ? {} : { objects }) } });
}

function addresses(words: readonly string[], pid: number): Result<readonly string[]> {
  if (words.length > most) return fail("too-many-objects", { given: words.length, most });
  const wrong = words.find((word) => !/^0x[0-9a-f]{1,16}$/i.test(word));
  if (wrong !== undefined) return fail("not-an-object", { address: wrong, pid, why: "that is no address" });
  const found = words.map((word) => word.toLowerCase());
  return new Set(found).size < found.length ? fail("usage", { what: "an object is given twice" }) : ok(found);
}

const requestOf = (chosen: Chosen): Partial<RecordRequest> => ({
  ...(chosen.out === undefined ? {} : { out: resolve(chosen.out) }),
  ...(chosen.for === undefined ? {} : { forSeconds: chosen.for }),
  ...(chosen.overrideRemoteDebug ? { overrideRemoteDebug: true } : {}),
});
