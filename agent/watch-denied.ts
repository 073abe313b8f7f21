// The number of an error of perf_event_open(2) in, the refusal that says what helps out. Next: watch.ts.
import { type Refusal, refuse } from "./refusal.ts";

/** asm-generic/errno.h */
const EPERM = 1;
const EACCES = 13;
const EBUSY = 16;
const EMFILE = 24;
const ENOSPC = 28;
const ENOSYS = 38;
const loosest = 2;

export function refuseBy(error: number): Refusal {
  if (error === EPERM || error === EACCES) return refuse("watch-denied", denial());
  if (error === ENOSPC || error === EBUSY)
    return refuse("watch-unsupported", {
      why: "other hardware breakpoints take all that the processor has",
      advice: "End the debugger that set them, or watch fewer objects.",
    });
  if (error === EMFILE)
    return refuse("watch-unsupported", {
      why: "a breakpoint is an open file for each of its threads, and it may not open so many",
      advice: "Raise its limit: prlimit --nofile=65536 --pid PID.",
    });
  if (error === ENOSYS && Process.arch !== "x64")
    return refuse("watch-unsupported", {
      why: `this works on x86-64, not on ${Process.arch}`,
      advice: "Use an x86-64 machine.",
    });
  return refuse("watch-unsupported", {
    why: `its kernel or its machine has no breakpoints that send a signal (error ${error})`,
    advice: "Use Linux 5.13 or later, on a machine that hands hardware breakpoints through.",
  });
}

function denial(): { why: string; advice: string } {
  const level = paranoia();
  if (level !== undefined && level > loosest)
    return {
      why: `kernel.perf_event_paranoid is ${level}`,
      advice: `Run sysctl kernel.perf_event_paranoid=${loosest} as root, or give the process CAP_PERFMON.`,
    };
  return {
    why: "its container or its service refuses perf_event_open",
    advice: "Start the container with --cap-add=PERFMON and a seccomp profile that allows perf_event_open.",
  };
}

function paranoia(): number | undefined {
  try {
    return Number(File.readAllText("/proc/sys/kernel/perf_event_paranoid"));
  } catch {
    return undefined;
  }
}
