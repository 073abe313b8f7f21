// A pid and an extension module in, what it leaks and which rules of the C API it breaks out. Next: the user, or a script.
import { resolve } from "node:path";
import * as v from "valibot";
import type { AuditDocument } from "../../shared/audit-result.ts";
import { exitCodes, exitOf, fail, ok } from "../../shared/failures.ts";
import type { RecordRequest } from "../../shared/rpc-contract.ts";
import { type Followed, follow } from "../following.ts";
import type { Terminal } from "../terminal.ts";
import { defineVerb, duration, type Ended, flag, parsePid } from "../verb.ts";
import { deviceOptions, withDevice } from "../with-device.ts";

const options = v.object({
  for: v.optional(duration),
  guard: flag,
  out: v.optional(v.pipe(v.string(), v.minLength(1, "give a file"))),
  overrideRemoteDebug: flag,
  ...deviceOptions,
  json: flag,
});
const longestName = 4096;
const hint = "If it died of a reference that the module released too often: --guard keeps it alive and tells where.";

export const verb = defineVerb(options, async (terminal, [word, module = ""], chosen) => {
  const pid = parsePid(word);
  if (!pid.ok) return pid;
  if (module === "" || module.length > longestName) return fail("usage", { what: "give the name of a module" });
  return withDevice(chosen, async (engine) => {
    const request = { pid: pid.value, audit: { module, guard: chosen.guard }, ...requestOf(chosen) };
    const followed = await follow(engine, engine.call("recording.start", request), terminal);
    if (!followed.ok) return followed;
    const { path, ended } = followed.value.state;
    const told = await engine.call("audit.report", { path });
    if (!told.ok) return told;
    if (!told.value) return fail("bug", { what: `${path} holds no audit` });
    const document = { ...told.value, ended };
    if (chosen.json) terminal.document(document);
    else terminal.result(await textOf(document, terminal));
    if (ended) terminal.complain(ended, false);
    if (ended?.code === "target-ended" && !chosen.guard) terminal.talk(hint);
    return ended && countOf(document) === 0 ? ok(exitOf(ended.code)) : codeOf(document, followed.value);
  });
});

const requestOf = (chosen: v.InferOutput<typeof options>): Partial<RecordRequest> => ({
  ...(chosen.out === undefined ? {} : { out: resolve(chosen.out) }),
  ...(chosen.for === undefined ? {} : { forSeconds: chosen.for }),
  ...(chosen.overrideRemoteDebug ? { overrideRemoteDebug: true } : {}),
});

const countOf = ({ references, errors }: AuditDocument): number => references.findings.length + errors.findings.length;

/** Ctrl-C is how it is meant to end, so what was found decides. Of a module that nobody called nothing can be said. */
function codeOf(document: AuditDocument, { stopper }: Followed): Ended {
  if (stopper === 143) return ok(stopper);
  if (countOf(document) > 0) return ok(exitCodes.found);
  const called = document.references.modules.some(({ functions }) => functions.length > 0);
  return ok(called ? exitCodes.fine : exitCodes.noVerdict);
}

async function textOf(document: AuditDocument, terminal: Terminal): Promise<string> {
  const { auditText } = await import("../../engine/report/text.ts");
  const paint = {
    strong: (text: string) => terminal.style("bold", text),
    dim: (text: string) => terminal.style("dim", text),
  };
  return auditText(document, paint);
}
