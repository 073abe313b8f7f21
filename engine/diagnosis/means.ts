// What a diagnosis is asked for, what it needs of the engine, and what its steps need of it. Used by run.ts, name-them.ts; engine/diagnosis/diagnoses.ts
// fills it.
import type { DiagnosisDocument } from "../../shared/diagnosis-document.ts";
import type { Result } from "../../shared/failures.ts";
import type { RecordingState, RecordRequest } from "../../shared/rpc-contract.ts";
import type { Signs } from "./candidate.ts";
import type { Found } from "./naming.ts";
import type { Plan } from "./plan.ts";

export interface DiagnosisRequest {
  readonly pid: number;
  readonly out: string;
  readonly forSeconds?: number;
  readonly module?: string;
  /** What each of its recordings is asked to be. */
  readonly each: Pick<RecordRequest, "maxBytes" | "privacy" | "overrideRemoteDebug">;
}
/** What it needs of the engine. */
export interface Means {
  start(request: RecordRequest): Promise<Result<RecordingState>>;
  stop(path: string): Promise<Result<RecordingState>>;
  state(path: string): RecordingState | undefined;
  take(path: string): Promise<Result<unknown>>;
  /** A look at a recording, also at one that goes on. */
  signs(path: string, loaded?: readonly string[]): Promise<Result<Signs>>;
  /** The verdict, in the recording that it is about. */
  keep(document: DiagnosisDocument): Result<void>;
  readonly evidence: {
    audit(path: string): Result<Found["audits"][number] | null>;
    histories(path: string): Result<Found["histories"]>;
    sample(path: string): Result<Found["samples"][number] | null>;
  };
}

/** A diagnosis as its steps see it. */
export interface Runner {
  readonly request: DiagnosisRequest;
  readonly plan: Plan;
  readonly stopped: boolean;
  /** Seconds. */
  readonly left: number;
  /** For `notObserved`. */
  lacks(sentence: string): void;
  session(
    request: RecordRequest,
    seconds: number,
    did: string,
    meanwhile?: (state: RecordingState) => Promise<boolean>,
  ): Promise<Result<RecordingState>>;
}
