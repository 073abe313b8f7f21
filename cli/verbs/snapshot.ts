// A pid in, the heap of its process as it stands now out: what there is, what nothing explains, what nothing reaches. Next: the user, `why`, or a script.
import { resolve } from "node:path";
import * as v from "valibot";
import type { Engine } from "../../engine/engine.ts";
import { ok, type Result } from "../../shared/failures.ts";
import type { HeapTaken } from "../../shared/heap-taken.ts";
import type { RecordRequest } from "../../shared/rpc-contract.ts";
import { snapshotLines } from "../snapshot-text.ts";
import { defineVerb, duration, flag, parsePid, size } from "../verb.ts";
import { deviceOptions, withDevice } from "../with-device.ts";

const options = v.object({
  out: v.optional(v.pipe(v.string(), v.minLength(1, "give a file"))),
  deadline: v.optional(duration),
  memory: v.optional(size),
  overrideRemoteDebug: flag,
  ...deviceOptions,
  json: flag,
});
type Chosen = v.InferOutput<typeof options>;

export const verb = defineVerb(options, async (terminal, [word], chosen) => {
  const pid = parsePid(word);
  if (!pid.ok) return pid;
  return withDevice(chosen, async (engine) => {
    const started = await engine.call("recording.start", requestOf(pid.value, chosen));
    if (!started.ok) return started;
    const { path } = started.value;
    const taken = await take(engine, path, chosen);
    const stopped = await engine.call("recording.stop", { path });
    if (!taken.ok) return taken;
    if (!stopped.ok) return stopped;
    terminal.talk(`${taken.value.objects} objects in ${path}; the process waited ${taken.value.pauseMs.toFixed(1)} ms`);
    const report = await engine.call("heap.report", { path, id: taken.value.id });
    if (!report.ok) return report;
    if (chosen.json) terminal.document(report.value);
    else terminal.result(snapshotLines(report.value, terminal).join("\n"));
    return ok(0);
  });
});

/** Nothing is collected: no hook is installed, the target is only stopped for the moment of the snapshot. */
const requestOf = (pid: number, chosen: Chosen): RecordRequest => ({
  pid,
  collect: [],
  ...(chosen.out === undefined ? {} : { out: resolve(chosen.out) }),
  ...(chosen.overrideRemoteDebug ? { overrideRemoteDebug: true } : {}),
});

const take = (engine: Engine, path: string, { deadline, memory }: Chosen): Promise<Result<HeapTaken>> =>
  engine.call("heap.take", {
    path,
    ...(deadline === undefined ? {} : { deadlineSeconds: deadline }),
    ...(memory === undefined ? {} : { mostBytes: memory }),
  });
