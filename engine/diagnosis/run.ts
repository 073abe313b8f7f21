// A process in, a verdict out: records it, looks at what that shows, has the suspects named by the cheapest means, and says what it
// did. Next: verdict.ts.
import { setTimeout as wait } from "node:timers/promises";
import type { DiagnosisDocument, DiagnosisStep, StepKind } from "../../shared/diagnosis-document.ts";
import type { TargetFacts } from "../../shared/documents.ts";
import { fail, ok, type Result } from "../../shared/failures.ts";
import type { RecordingState, RecordRequest } from "../../shared/rpc-contract.ts";
import { sumOf } from "../queries.ts";
import { whole } from "../report/words.ts";
import type { Signs } from "./candidate.ts";
import { loadedExtensions } from "./extensions.ts";
import type { DiagnosisRequest, Means, Runner } from "./means.ts";
import { nameThem } from "./name-them.ts";
import { type Plan, planFor } from "./plan.ts";
import { Resident } from "./resident.ts";
import { verdictOf } from "./verdict.ts";

const lookEveryMs = 100;
const frames = 8;
const lateSeconds = 8;
/** The last look ends it; a graph that is slow under load is waited for. */
const graceSeconds = 20;

export class Diagnosis implements Runner {
  readonly request: DiagnosisRequest;
  readonly plan: Plan;
  readonly #means: Means;
  readonly #began = performance.now();
  readonly #steps: DiagnosisStep[] = [];
  readonly #notObserved: string[] = [];
  #doing = "attaching";
  #stopped = false;
  #observedUntil = 0;
  #ended: string | undefined;
  #target: TargetFacts | null = null;

  constructor(request: DiagnosisRequest, means: Means) {
    this.request = request;
    this.plan = planFor(request.forSeconds);
    this.#means = means;
  }

  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }
  get doing(): string {
    return this.#doing;
  }
  get steps(): readonly DiagnosisStep[] {
    return this.#steps;
  }
  /** Ends what runs, and tells what is known by then. */
  stop(): void {
    this.#stopped = true;
  }
  get stopped(): boolean {
    return this.#stopped;
  }
  /** On a machine that is busy, what takes longer than planned is not at the cost of naming somebody. */
  get left(): number {
    const end = Math.max(this.plan.forSeconds, this.#observedUntil + this.plan.namingSeconds);
    return end - this.seconds;
  }
  lacks(sentence: string): void {
    this.#notObserved.push(sentence);
  }

  async run(): Promise<Result<DiagnosisDocument>> {
    const resident = new Resident(this.request.pid);
    const observed = await this.#observe(resident);
    if (!observed.ok) return observed;
    const stays = observed.value.candidates.reduce((sum, { bytesPerSecond }) => sum + bytesPerSecond, 0);
    const signs: Signs = { ...observed.value, notes: [...resident.notes(stays), ...observed.value.notes] };
    const found = await nameThem(this, this.#means, signs, loadedExtensions(this.request.pid));
    const told = { path: this.request.out, target: this.#target, seconds: this.seconds, steps: this.#steps };
    return ok(verdictOf(signs, found, { ...told, ended: this.#ended, notObserved: this.#notObserved }));
  }

  /** The recording that everything else starts from. */
  async #observe(resident: Resident): Promise<Result<Signs>> {
    const { pid, out } = this.request;
    let signs: Result<Signs> = fail("bug", { what: "nothing was looked at" });
    const [takes, looks] = [[...this.plan.takes], [...this.plan.looks]];
    let taking: Promise<void> | undefined;
    let looked = 0;
    const did = "recorded what is allocated and freed, with stacks and heap graphs";
    const request = { pid, out, frames, collect: ["lifecycle" as const] };
    const ended = await this.session(request, this.plan.forSeconds + graceSeconds, did, async (state) => {
      this.#target ??= state.target;
      resident.look(state.seconds);
      if (state.seconds >= (takes[0] ?? Number.POSITIVE_INFINITY)) {
        takes.shift();
        // One that is slow stands for those that were due meanwhile.
        taking ??= this.#take(out).finally(() => {
          taking = undefined;
        });
      }
      if (state.seconds < (looks[0] ?? Number.POSITIVE_INFINITY)) return false;
      looks.shift();
      await taking;
      looked = state.seconds;
      signs = await this.#means.signs(out, loadedExtensions(pid));
      return !signs.ok || signs.value.candidates.length > 0 || looks.length === 0 || this.request.module !== undefined;
    });
    if (!ended.ok) return ended;
    this.#ended = ended.value.ended?.cause;
    this.#observedUntil = this.seconds;
    // Only what came after the last look is new, and that is next to nothing.
    return signs.ok && looked >= ended.value.seconds - lateSeconds
      ? signs
      : await this.#means.signs(out, loadedExtensions(pid));
  }

  async #take(path: string): Promise<void> {
    const taken = await this.#means
      .take(path)
      .catch(
        (): Result<never> => fail("snapshot-failed", { pid: this.request.pid, why: "the recording ended meanwhile" }),
      );
    if (!taken.ok) this.lacks(`No heap graph: ${taken.failure.cause}.`);
  }

  /** One recording from start to end. `meanwhile` is asked again and again, and says when it is enough. */
  async session(
    request: RecordRequest,
    seconds: number,
    did: string,
    meanwhile: (state: RecordingState) => Promise<boolean> = async () => false,
  ): Promise<Result<RecordingState>> {
    this.#doing = did.replace(/^(record|audit|follow|watch)ed/, "$1ing");
    const at = this.seconds;
    const started = await this.#means.start({ ...request, ...this.request.each, forSeconds: seconds });
    if (!started.ok) return started;
    const { path } = started.value;
    let state = started.value;
    while (state.phase !== "closed") {
      await wait(lookEveryMs);
      state = this.#means.state(path) ?? { ...state, phase: "closed" };
      if (state.phase !== "recording" || !(this.#stopped || (await meanwhile(state)))) continue;
      const stopped = await this.#means.stop(path);
      state = stopped.ok ? stopped.value : { ...state, phase: "closed" };
    }
    const told = `${did}; ${counted(state)}`;
    this.#steps.push({ at: tenth(at), seconds: tenth(state.seconds), kind: kindOf(request), did: told, path });
    return ok(state);
  }
}

const kindOf = ({ audit, watch, sample }: RecordRequest): StepKind =>
  audit ? "audit" : watch || sample ? "watch" : "lifecycle";

/** What came, and what of it is not in the recording. */
function counted({ produced, dropped }: RecordingState): string {
  const lost = sumOf(dropped);
  return `${whole(sumOf(produced))} events, ${lost === 0 ? "none" : whole(lost)} dropped`;
}

const tenth = (seconds: number): number => Math.round(seconds * 10) / 10;
