// Frida's reason for an ended session in, ours out: on Linux Frida reports an exec like an end, so /proc is asked whether the
// process is still there. Next: bridge.ts, binding.ts, and who waits for `detached`.
import { readFileSync } from "node:fs";
import { type Failure, failure } from "../../shared/failures.ts";
import type { Pid } from "../../shared/units.ts";
import type { DetachReason } from "./gateway.ts";

const reasons: Readonly<Record<string, DetachReason>> = {
  "application-requested": "asked",
  "process-replaced": "target-replaced",
  "process-terminated": "target-ended",
  "connection-terminated": "connection-lost",
  "device-lost": "gateway-lost",
};

/** Tells one life of a pid from the next: its start in clock ticks since boot. */
export type Birth = string;

export function birthOf(pid: Pid): Birth | undefined {
  return statFields(pid)?.[19];
}

/** Of a process on another machine there is no /proc to ask. */
export const reasonSaid = (said: string): DetachReason => reasons[said] ?? "connection-lost";

export function detachReason(said: string, pid: Pid, birth: Birth | undefined): DetachReason {
  const reason = reasonSaid(said);
  if (reason === "target-ended" && runs(pid, birth)) return "target-replaced";
  return reason === "connection-lost" && !runs(pid, birth) ? "target-ended" : reason;
}

/** An ending process gives its memory back before it closes its files, which is what Frida notices. */
function runs(pid: Pid, birth: Birth | undefined): boolean {
  const fields = statFields(pid);
  if (!fields || fields[19] !== birth || fields[0] === "Z" || fields[0] === "X") return false;
  return read(`/proc/${pid}/statm`)?.startsWith("0 ") === false;
}

/** Fields of proc_pid_stat(5) from the third, the state, on; the second may hold blanks and brackets. */
function statFields(pid: Pid): readonly string[] | undefined {
  const text = read(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(")") + 2).split(" ");
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}

/** What a call finds when its session has ended. */
export function detachFailure(pid: Pid, reason: DetachReason): Failure {
  switch (reason) {
    case "asked":
      return failure("agent-error", { pid, what: "the session was closed" });
    case "target-ended":
      return failure("target-ended", { pid, how: "it exited or was killed" });
    case "target-replaced":
      return failure("target-ended", { pid, how: "it became another program by exec" });
    case "gateway-lost":
      return failure("gateway-lost", { why: "its session is gone" });
    case "connection-lost":
      return failure("target-ended", { pid, how: "the connection to the agent in it broke" });
  }
}
