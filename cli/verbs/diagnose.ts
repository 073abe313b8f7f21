// A pid, or a recording, in; the verdict with its evidence out: 0 clean, 1 leak, 7 none possible. Next: the user, a script, or a bug report.

import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import type { Engine } from "../../engine/engine.ts";
import type { DiagnosisDocument, DiagnosisState } from "../../shared/diagnosis-document.ts";
import { type ExitCode, exitCodes, exitOf, fail, ok, type Result } from "../../shared/failures.ts";
import type { DiagnosisParams } from "../../shared/rpc-contract.ts";
import { Interrupts, type Stopper } from "../interrupts.ts";
import type { Terminal } from "../terminal.ts";
import { safe } from "../text/safe.ts";
import { defineVerb, duration, type Ended, flag, parsePid } from "../verb.ts";
import { deviceOptions, withDevice } from "../with-device.ts";
import { withEngine } from "../with-engine.ts";

const text = v.pipe(v.string(), v.minLength(1, "say which"));
const options = v.object({
  for: v.optional(v.pipe(duration, v.minValue(5, "give at least 5s"))),
  module: v.optional(text),
  out: v.optional(text),
  overrideRemoteDebug: flag,
  ...deviceOptions,
  markdown: flag,
  json: flag,
});
type Options = v.InferOutput<typeof options>;

const lookEveryMs = 250;
const politeMs = 500;

export const verb = defineVerb(options, async (terminal, [word = ""], chosen) => {
  // A file may be called 4242: then it is given as ./4242.
  if (!/^\d+$/.test(word))
    return withEngine(async (engine) => told(engine, await reported(engine, word), terminal, chosen));
  const pid = parsePid(word);
  if (!pid.ok) return pid;
  return withDevice(chosen, async (engine) => {
    const followed = await follow(engine, requestOf(pid.value, chosen), terminal);
    if (!followed.ok) return followed;
    const { state, stopper } = followed.value;
    if (state.document) return told(engine, ok({ document: state.document, stopper }), terminal, chosen);
    if (!state.failed) return fail("bug", { what: "the diagnosis ended without an answer" });
    terminal.complain(state.failed, true);
    return ok(exitOf(state.failed.code));
  });
});

interface Told {
  readonly document: DiagnosisDocument;
  readonly stopper: Stopper | undefined;
}
interface Followed {
  readonly state: DiagnosisState;
  readonly stopper: Stopper | undefined;
}

async function reported(engine: Engine, path: string): Promise<Result<Told>> {
  const document = await engine.call("diagnosis.report", { path: resolve(path) });
  return document.ok ? ok({ document: document.value, stopper: undefined }) : document;
}

const requestOf = (pid: number, chosen: Options): DiagnosisParams => ({
  pid,
  ...(chosen.out === undefined ? {} : { out: resolve(chosen.out) }),
  ...(chosen.for === undefined ? {} : { forSeconds: chosen.for }),
  ...(chosen.module === undefined ? {} : { module: chosen.module }),
  ...(chosen.overrideRemoteDebug ? { overrideRemoteDebug: true } : {}),
});

/** Ctrl-C once: the verdict from what is known by then; twice: lets go of the target at once. */
async function follow(engine: Engine, request: DiagnosisParams, terminal: Terminal): Promise<Result<Followed>> {
  const interrupts = new Interrupts();
  void interrupts.second.then((code) => leave(engine, code));
  let stopper: Stopper | undefined;
  void interrupts.first.then((code) => {
    stopper = code;
  });
  try {
    let state = await engine.call("diagnosis.start", request);
    let stopping = false;
    let said = 0;
    while (state.ok && !state.value.ended) {
      await Promise.race([stopping ? wait(lookEveryMs) : interrupts.first, wait(lookEveryMs)]);
      const { path }: DiagnosisState = state.value;
      const stop: boolean = stopper !== undefined && !stopping;
      stopping ||= stop;
      state = await engine.call(stop ? "diagnosis.stop" : "diagnosis.state", { path });
      if (!state.ok) break;
      for (const step of state.value.steps.slice(said)) terminal.talk(`${safe(step.did)} (${step.seconds} s)`);
      said = state.value.steps.length;
      terminal.progress(progressLine(state.value));
    }
    return state.ok ? ok({ state: state.value, stopper }) : state;
  } finally {
    interrupts.release();
  }
}

async function leave(engine: Engine, code: Stopper): Promise<never> {
  await Promise.race([engine.close(), wait(politeMs)]);
  process.exit(code);
}

const progressLine = ({ seconds, forSeconds, doing }: DiagnosisState): string =>
  `${seconds.toFixed(0)} of ${forSeconds} s · ${safe(doing)}`;

async function told(engine: Engine, followed: Result<Told>, terminal: Terminal, chosen: Options): Promise<Ended> {
  if (!followed.ok) return followed;
  const { document, stopper } = followed.value;
  if (chosen.json) terminal.document(document);
  else terminal.result(await textOf(engine, document, terminal, chosen.markdown));
  return ok(stopper === 143 ? stopper : codes[document.verdict]);
}

const codes: Readonly<Record<DiagnosisDocument["verdict"], ExitCode>> = {
  leak: exitCodes.found,
  clean: exitCodes.fine,
  insufficient: exitCodes.noVerdict,
};

async function textOf(
  engine: Engine,
  document: DiagnosisDocument,
  terminal: Terminal,
  markdown: boolean,
): Promise<string> {
  if (markdown) return (await import("../../engine/report/diagnosis-markdown.ts")).diagnosisMarkdown(document);
  const { diagnosisText } = await import("../../engine/report/diagnosis-text.ts");
  const mutes = await engine.call("mutes.list", {});
  const paint = {
    strong: (line: string) => terminal.style("bold", line),
    dim: (line: string) => terminal.style("dim", line),
  };
  return diagnosisText(document, paint, mutes.ok ? mutes.value : undefined);
}
