// Requests in; diagnoses that go on or have ended, by the path of their recording, out. Next: engine.ts.
import type { DiagnosisDocument, DiagnosisState } from "../../shared/diagnosis-document.ts";
import { type Failure, fail, ok, type Result } from "../../shared/failures.ts";
import type { DiagnosisParams } from "../../shared/rpc-contract.ts";
import type { DiagnosisRequest, Means } from "./means.ts";
import { Diagnosis } from "./run.ts";

interface Entry {
  readonly diagnosis: Diagnosis;
  document: DiagnosisDocument | undefined;
  failed: Failure | undefined;
}
/** Ended ones that are still told of. */
const endedKept = 20;

export class Diagnoses {
  readonly #means: Means;
  readonly #entries = new Map<string, Entry>();

  constructor(means: Means) {
    this.#means = means;
  }

  start(request: DiagnosisRequest): Result<DiagnosisState> {
    const active = [...this.#entries.values()].filter((entry) => !ended(entry));
    if (active.some(({ diagnosis }) => diagnosis.request.pid === request.pid))
      return fail("already-recorded", { pid: request.pid });
    const entry: Entry = { diagnosis: new Diagnosis(request, this.#means), document: undefined, failed: undefined };
    this.#entries.delete(request.out);
    this.#entries.set(request.out, entry);
    void this.#run(entry);
    this.#forgetOldest();
    return ok(stateOf(entry));
  }

  state(path: string): Result<DiagnosisState> {
    const entry = this.#entries.get(path);
    return entry ? ok(stateOf(entry)) : fail("no-recording", { path });
  }

  stop(path: string): Result<DiagnosisState> {
    this.#entries.get(path)?.diagnosis.stop();
    return this.state(path);
  }

  stopAll(): void {
    for (const { diagnosis } of this.#entries.values()) diagnosis.stop();
  }

  async #run(entry: Entry): Promise<void> {
    const told = await entry.diagnosis.run();
    if (!told.ok) {
      entry.failed = told.failure;
      return;
    }
    const kept = this.#means.keep(told.value);
    const why = kept.ok ? [] : [`The verdict is not kept in the recording: ${kept.failure.cause}.`];
    entry.document = { ...told.value, notObserved: [...told.value.notObserved, ...why] };
  }

  #forgetOldest(): void {
    const old = [...this.#entries].filter(([, entry]) => ended(entry));
    for (const [path] of old.slice(0, Math.max(0, old.length - endedKept))) this.#entries.delete(path);
  }
}

const ended = ({ document, failed }: Entry): boolean => document !== undefined || failed !== undefined;

function stateOf(entry: Entry): DiagnosisState {
  const { diagnosis, document, failed } = entry;
  const { plan, request, seconds, doing, steps } = diagnosis;
  return {
    path: request.out,
    pid: request.pid,
    seconds,
    forSeconds: plan.forSeconds,
    doing,
    steps: [...steps],
    ended: ended(entry),
    document: document ?? null,
    failed: failed ? { code: failed.code, cause: failed.cause, fix: failed.fix } : null,
  };
}

/** Where its recording goes is decided before. */
export const withOut = (
  { pid, forSeconds, module, out: _, ...each }: DiagnosisParams,
  out: string,
): DiagnosisRequest => ({
  pid,
  out,
  each,
  ...(forSeconds === undefined ? {} : { forSeconds }),
  ...(module === undefined ? {} : { module }),
});
