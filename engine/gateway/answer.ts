// How one request to Frida came out, whichever way it went: with a value, an error, too late or never. Next: bridge.ts,
// binding.ts and attached.ts turn it into a Result with the words for what was asked.
import { type Failure, failure } from "../../shared/failures.ts";
import type { Milliseconds, Pid } from "../../shared/units.ts";
import { type FridaError, scriptFailure, targetFailure } from "./frida-errors.ts";

export type Answer<T = unknown> = { readonly kind: "done"; readonly value: T } | NoAnswer;
export type NoAnswer =
  | { readonly kind: "error"; readonly error: FridaError }
  | { readonly kind: "late"; readonly limit: Milliseconds }
  | { readonly kind: "lost"; readonly why: string };

/** Attaching to, or doing something with, the process `pid` did not work. */
export function targetProblem(pid: Pid, answer: NoAnswer): Failure {
  return answer.kind === "error" ? targetFailure(pid, answer.error) : waitProblem(pid, answer);
}

/** Loading a script did not work. */
export function scriptProblem(pid: Pid, answer: NoAnswer): Failure {
  return answer.kind === "error" ? scriptFailure(pid, answer.error) : waitProblem(pid, answer);
}

/** For the rest, where any problem is told in the words of the request. */
export function otherProblem(answer: NoAnswer, say: (why: string) => Failure): Failure {
  switch (answer.kind) {
    case "lost":
      return failure("gateway-lost", { why: answer.why });
    case "late":
      return say(`no answer within ${answer.limit / 1000} s`);
    case "error":
      return say(answer.error.message);
  }
}

function waitProblem(pid: Pid, answer: Exclude<NoAnswer, { kind: "error" }>): Failure {
  if (answer.kind === "lost") return failure("gateway-lost", { why: answer.why });
  return failure("attach-timeout", { pid, seconds: answer.limit / 1000 });
}
