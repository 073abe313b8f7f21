// An error of Frida in (its class in Python, or only its words in Node), a row of shared/failures.ts out. Next: bridge.ts, binding.ts.
import { type Failure, failure } from "../../shared/failures.ts";
import type { Pid } from "../../shared/units.ts";
import { limits } from "./limits.ts";

export interface FridaError {
  readonly name: string;
  readonly message: string;
}
type Kind = "missing" | "denied" | "timeout" | "other";

/** Frida's own sentences, for the binding, which throws plain errors. */
const sentences: readonly (readonly [RegExp, Kind])[] = [
  [/unable to find process|process not found/i, "missing"],
  [/permission|not permitted|access denied/i, "denied"],
  [/timed? ?out/i, "timeout"],
];
const classes: Readonly<Record<string, Kind>> = {
  ProcessNotFoundError: "missing",
  PermissionDeniedError: "denied",
  TimedOutError: "timeout",
};

function kindOf(error: FridaError): Kind {
  return classes[error.name] ?? sentences.find(([words]) => words.test(error.message))?.[1] ?? "other";
}

const traceAdvice = "Run Refscope as that process's user or as root; in a container give it --cap-add=SYS_PTRACE.";

/** What went wrong on the way into, or with, the process `pid`. */
export function targetFailure(pid: Pid, error: FridaError): Failure {
  switch (kindOf(error)) {
    case "missing":
      return failure("no-such-process", { pid });
    case "denied":
      return failure("ptrace-denied", { pid, why: error.message, advice: traceAdvice });
    case "timeout":
      return failure("attach-timeout", { pid, seconds: limits.attach / 1000 });
    case "other":
      return failure("attach-failed", { pid, why: error.message });
  }
}

export const scriptFailure = (pid: Pid, error: FridaError): Failure =>
  failure("agent-error", { pid, what: error.message });

export const spawnFailure = (program: string, why: string): Failure => failure("program-not-started", { program, why });

/** What was thrown, as words. */
export function asFridaError(thrown: unknown): FridaError {
  return thrown instanceof Error
    ? { name: thrown.name, message: thrown.message }
    : { name: "Error", message: String(thrown) };
}
