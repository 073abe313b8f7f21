// The phase an attempt is in in, the steps of the stepper out. Next: views/attaching.
import type { Phase, RecordingState } from "../../shared/rpc-contract.ts";

export interface Step {
  readonly name: string;
  readonly means: string;
  readonly mark: "done" | "now" | "failed" | "waiting";
  /** How long it took, or takes by now; undefined where that is not known. */
  readonly seconds: number | undefined;
}

const steps: readonly { readonly phase: Phase; readonly name: string; readonly means: string }[] = [
  { phase: "preflight", name: "Check", means: "Reads about the process from outside; touches nothing." },
  { phase: "gateway", name: "Start Frida", means: "In a process of its own; the target is not involved yet." },
  { phase: "inject", name: "Load the agent", means: "The target stands still for some milliseconds." },
  { phase: "arm", name: "Install the hooks", means: "By changing pointers, each of which is put back in the end." },
  { phase: "recording", name: "Record", means: "The first events arrive." },
];

/** `phase` undefined: asked for, not heard of yet. */
export function stepsOf(
  phase: Phase | undefined,
  failed: boolean,
  taken: RecordingState["steps"] = [],
): readonly Step[] {
  const found = steps.findIndex((step) => step.phase === phase);
  const now = Math.max(0, found);
  const done = phase === "stopping" || phase === "closed" ? steps.length : now;
  const msOf = (phase: Phase) => taken.find((step) => step.phase === phase)?.ms;
  return steps.map(({ phase: own, name, means }, at) => ({
    seconds: seconds(msOf(own)),
    name,
    means,
    mark: at < done ? "done" : at > done ? "waiting" : failed ? "failed" : "now",
  }));
}

const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1000);

/** Where an attempt that failed got to; checks come first and are most. */
export function phaseOfFailure(code: string): Phase {
  switch (code) {
    case "gateway-missing":
    case "gateway-lost":
      return "gateway";
    case "attach-timeout":
    case "attach-failed":
    case "target-ended":
      return "inject";
    case "layout-mismatch":
    case "arm-failed":
    case "already-recorded":
      return "arm";
    default:
      return "preflight";
  }
}
