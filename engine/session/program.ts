// A command in, its process with our terminal out, and the moment when it is a CPython that may be attached to. Next: recordings.ts attaches.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Failure, type FailureCode, fail, failed, failure, ok, type Result } from "../../shared/failures.ts";
import type { RecordingState } from "../../shared/rpc-contract.ts";
import { preflight } from "../preflight/preflight.ts";

export interface Program {
  readonly pid: number;
  readonly ended: Promise<void>;
  running(): boolean;
  terminate(): void;
}
export const notSeenBefore =
  "What the program did before Refscope was attached, a moment after it began, was not observed.";

const lookEveryMs = 10;
const again = { everyMs: 50, forMs: 5_000 } as const;
/** A shell or a launcher may come first; CPython is expected within this. */
const pythonWithinMs = 10_000;
/** The program is not yet what it will be, or has just ended. */
const notYet: readonly FailureCode[] = ["not-python", "no-proc", "zombie", "no-such-process"];
/** The interpreter in it is not ready. */
const starting: readonly FailureCode[] = ["not-ready", "arm-failed"];

/** `ours`: it has our terminal; `none`: nothing that it says is heard. */
export async function startProgram(
  argv: readonly string[],
  terminal: "ours" | "none" = "ours",
): Promise<Result<Program>> {
  const [name = "", ...words] = argv;
  const child = spawn(name, words, { stdio: terminal === "ours" ? "inherit" : "ignore" });
  try {
    await once(child, "spawn");
  } catch (error) {
    return fail("program-not-started", { program: name, why: error instanceof Error ? error.message : String(error) });
  }
  const ended = once(child, "exit").then(() => undefined);
  const running = () => child.exitCode === null && child.signalCode === null;
  return ok({ pid: child.pid ?? 0, ended, running, terminate: () => void child.kill() });
}

/** Calls `record` when there is a CPython, and again as long as its interpreter is still starting. */
export async function recordFromStart(
  program: Program,
  record: () => Promise<Result<RecordingState>>,
  overriding: { readonly overrideRemoteDebug?: boolean },
): Promise<Result<RecordingState>> {
  const why = await untilPython(program, overriding);
  if (why) return failed(why);
  const deadline = performance.now() + again.forMs;
  for (;;) {
    const started = await record();
    const later = !started.ok && starting.includes(started.failure.code) && program.running();
    if (!later || performance.now() > deadline) return started;
    await sleep(again.everyMs);
  }
}

async function untilPython(
  program: Program,
  overriding: { readonly overrideRemoteDebug?: boolean },
): Promise<Failure | undefined> {
  const deadline = performance.now() + pythonWithinMs;
  for (;;) {
    const checked = await preflight(program.pid, overriding);
    if (!program.running()) return failure("target-ended", { pid: program.pid, how: "before it was a Python process" });
    if (!checked.failure && hasHeap(program.pid)) return undefined;
    const later = checked.failure === undefined || notYet.includes(checked.failure.code);
    if (!later || performance.now() > deadline) return checked.failure;
    await sleep(lookEveryMs);
  }
}

/** As long as the loader is at work there is no heap; attaching then would meet it with half its libraries in place. */
function hasHeap(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/maps`, "latin1").includes("[heap]");
  } catch {
    return false;
  }
}
