// Rows of the table of failures: heap graphs. Next: failures.ts.

export const heapFailures = {
  "snapshot-refused": {
    exit: "unsupported",
    cause: "the process {pid} could not make the child that its heap is walked in: {why}",
    fix: "Raise the limit that stands in the way (ulimit -u, ulimit -n, memory, a seccomp profile that refuses clone), then try again.",
  },
  "snapshot-failed": {
    exit: "noVerdict",
    cause: "the heap of process {pid} could not be walked to its end: {why}",
    fix: "The process goes on as before. Try again when it is less busy; `--deadline` and `--memory` give the walk more room.",
  },
  "no-snapshot": {
    exit: "usage",
    cause: "{path} holds no {what}",
    fix: "Take one with `refscope snapshot PID --out FILE`.",
  },
  "no-such-object": {
    exit: "usage",
    cause: "the snapshot has no object `{object}`",
    fix: "Give an address as hex(id(object)) says it, or type:NAME for an object of that type.",
  },
  "heap-deadline": {
    exit: "noVerdict",
    cause: "the snapshot could not be analysed within {seconds} s",
    fix: "Ask again when the machine is less busy.",
  },
} as const;
