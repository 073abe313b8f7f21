// Another machine's Frida by its address, and what went wrong with it in our words. Next: bridge.ts, binding.ts.
import { type Failure, failure } from "../../shared/failures.ts";
import type { Answer } from "./answer.ts";
import type { FridaError } from "./frida-errors.ts";

/** A frida-server, or a Portal. */
export interface RemoteDevice {
  /** HOST:PORT. */
  readonly address: string;
  readonly token?: string;
  /** In PEM: the one that it must show. With it the connection is TLS. */
  readonly certificate?: string;
}

/** Seconds between two signs of life: a line that is cut is noticed. */
export const keepaliveSeconds = 10;

const refused = /incorrect token|not authorized|authentication required/i;
const untrusted = /certificate/i;

export function deviceProblem(address: string, answer: Exclude<Answer, { kind: "done" }>): Failure {
  switch (answer.kind) {
    case "lost":
      return failure("gateway-lost", { why: answer.why });
    case "late":
      return failure("device-unreachable", { address, why: `no answer within ${answer.limit / 1000} s` });
    case "error":
      return saidProblem(address, answer.error);
  }
}

/** In Node only the words tell, in Python the class does too; the words are the same. */
function saidProblem(address: string, { message }: FridaError): Failure {
  if (refused.test(message)) return failure("device-refused", { address, why: message });
  if (untrusted.test(message)) return failure("device-untrusted", { address, why: message });
  return failure("device-unreachable", { address, why: message });
}
