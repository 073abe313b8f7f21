// Expected failures: one table of code → exit code and the words. Every door shows the same three lines. Next: whoever asked.
import { farFailures } from "./far-failures.ts";
import { heapFailures } from "./heap-failures.ts";
import type { Remedy } from "./remedy.ts";

/** What the contract's exit codes mean. */
export const exitCodes = {
  fine: 0,
  found: 1,
  usage: 2,
  targetLost: 3,
  permission: 4,
  unsupported: 5,
  badRecording: 6,
  noVerdict: 7,
  disk: 8,
  bug: 70,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface Failure {
  readonly code: FailureCode;
  readonly cause: string;
  readonly fix: string;
  readonly exit: ExitCode;
  /** Where there is more than one way around it, or it weakens something. */
  readonly remedies?: readonly Remedy[];
}
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

type Words = { readonly exit: keyof typeof exitCodes; readonly cause: string; readonly fix: string };

/** `{name}` in a text is filled in by `failure`. */
const table = {
  usage: { exit: "usage", cause: "{what}", fix: "Run `refscope help` for the verbs and their options." },
  "not-a-pid": {
    exit: "usage",
    cause: "`{given}` is not a process id",
    fix: "Give a number; `refscope ps` lists Python processes.",
  },
  "no-such-process": {
    exit: "targetLost",
    cause: "no process has the pid {pid}",
    fix: "Run `refscope ps` to list Python processes.",
  },
  "target-ended": {
    exit: "targetLost",
    cause: "the process {pid} ended ({how}) while Refscope was attached",
    fix: "What was recorded until then is kept; start the process again and attach earlier.",
  },
  zombie: {
    exit: "targetLost",
    cause: "the process {pid} has ended and waits for its parent to collect it",
    fix: "Choose a running process; `refscope ps` lists them.",
  },
  "not-python": {
    exit: "unsupported",
    cause: "the process {pid} ({name}) runs no CPython",
    fix: "Choose a Python process; `refscope ps` lists them.",
  },
  pypy: {
    exit: "unsupported",
    cause: "the process {pid} runs PyPy, which has no reference counts",
    fix: "Run the program under CPython 3.8 to 3.15.",
  },
  "unknown-version": {
    exit: "unsupported",
    cause: "the process {pid} runs CPython {version}, whose memory layout is not known here",
    fix: "Known: {known}. Run the program under one of these, or update Refscope; recordings made elsewhere can be opened all the same. To have it added, report `refscope doctor {pid} --json`.",
  },
  "unsupported-build": { exit: "unsupported", cause: "the process {pid} runs {build}", fix: "{advice}" },
  "unsupported-machine": {
    exit: "unsupported",
    cause: "the process {pid} runs {machine} code, Refscope is built for {ours}",
    fix: "Run the Refscope of that machine.",
  },
  stopped: {
    exit: "unsupported",
    cause: "the process {pid} is stopped (state {state})",
    fix: "Continue it with `kill -CONT {pid}`, then try again.",
  },
  traced: {
    exit: "unsupported",
    cause: "the process {pid} is being traced by {tracer}",
    fix: "Let that debugger detach, then try again.",
  },
  "foreign-agent": {
    exit: "unsupported",
    cause: "the process {pid} has another injected agent loaded: {agent}",
    fix: "Detach that tool first; two injected agents in one process are not safe.",
  },
  "already-recorded": {
    exit: "unsupported",
    cause: "another Refscope records the process {pid}",
    fix: "Stop that recording first.",
  },
  "remote-debug-disabled": {
    exit: "permission",
    cause: "the owner of process {pid} disabled remote debugging (PYTHON_DISABLE_REMOTE_DEBUG)",
    fix: "Respect it. If the process is yours, in a terminal: `refscope record {pid} --override-remote-debug`.",
  },
  "other-namespace": {
    exit: "unsupported",
    cause: "the process {pid} lives in another {kind} namespace in which {problem}",
    fix: "Run Refscope inside that container, with --cap-add=SYS_PTRACE.",
  },
  "no-proc": {
    exit: "unsupported",
    cause: "/proc is not mounted where the process {pid} sees it",
    fix: "Mount /proc in its root: Frida reads /proc/self there.",
  },
  "ptrace-denied": { exit: "permission", cause: "not allowed to trace the process {pid}: {why}", fix: "{advice}" },
  "attach-timeout": {
    exit: "targetLost",
    cause: "attaching to process {pid} took longer than {seconds} s and was taken back",
    fix: "Nothing stays in the target. Try again when the machine is less loaded.",
  },
  cancelled: {
    exit: "usage",
    cause: "attaching to process {pid} was cancelled",
    fix: "{left}; the process runs on.",
  },
  "attach-failed": {
    exit: "unsupported",
    cause: "Frida could not attach to process {pid}: {why}",
    fix: "Run `refscope doctor {pid}`.",
  },
  "layout-mismatch": {
    exit: "unsupported",
    cause: "the memory of process {pid} does not look as CPython {version} should: {what}",
    fix: "Nothing was changed. Report this build with `refscope doctor {pid} --json`.",
  },
  "arm-failed": {
    exit: "unsupported",
    cause: "the hooks could not be installed in process {pid}: {why}",
    fix: "Nothing stays in the target. Report this with `refscope doctor {pid} --json`.",
  },
  "agent-error": {
    exit: "bug",
    cause: "the agent in process {pid} failed: {what}",
    fix: "The target is released. Report this with `refscope doctor {pid} --json`.",
  },
  "agent-silent": {
    exit: "targetLost",
    cause: "the agent in process {pid} did not answer `{call}` within {seconds} s",
    fix: "The target is released. Try again when the machine is less loaded.",
  },
  "not-ready": {
    exit: "targetLost",
    cause: "the interpreter of process {pid} is not initialised yet",
    fix: "Try again in a moment.",
  },
  "not-built": { exit: "bug", cause: "{what} is not built", fix: "Run `./refscope setup`; it builds what is missing." },
  ...farFailures,
  "gateway-missing": {
    exit: "bug",
    cause: "no way to Frida: {why}",
    fix: "Run `./refscope setup`; it installs the frida wheel into .venv.",
  },
  "gateway-lost": {
    exit: "bug",
    cause: "the process that holds Frida ended: {why}",
    fix: "The target was released. Start again.",
  },
  "engine-lost": { exit: "bug", cause: "the engine did not answer: {why}", fix: "Start `refscope serve` again." },
  "program-not-started": {
    exit: "usage",
    cause: "`{program}` could not be started: {why}",
    fix: "Check the path and its permissions.",
  },
  "no-such-module": {
    exit: "usage",
    cause: "the process {pid} has no extension module `{module}`",
    fix: "Give the name that Python imports it by, or the path of its file; only compiled modules can be audited.",
  },
  "no-recording": {
    exit: "badRecording",
    cause: "there is no recording at {path}",
    fix: "Give the path of a .refscope file; `refscope sessions` lists yours.",
  },
  "bad-recording": {
    exit: "badRecording",
    cause: "{path} is no readable recording: {why}",
    fix: "If it was copied, copy it again.",
  },
  "recording-stalls": {
    exit: "badRecording",
    cause: "reading {path} was given up: {why}",
    fix: "It may be damaged, or made to do so. `refscope salvage` writes what can be read of it into a new file.",
  },
  "foreign-recording": {
    exit: "badRecording",
    cause: "{path} is no Refscope recording: {why}",
    fix: "Give a .refscope file that `refscope record` wrote.",
  },
  "newer-recording": {
    exit: "badRecording",
    cause: "{path} has format {format}, this Refscope reads up to {known}",
    fix: "Update Refscope to read it.",
  },
  "recording-in-use": {
    exit: "badRecording",
    cause: "{path} is being written by another Refscope",
    fix: "Wait for that recording to end, or give another --out.",
  },
  "disk-full": {
    exit: "disk",
    cause: "no room left on the disk of {path}",
    fix: "The recording up to here is kept and the target is released. Free some space, or pass --max-size.",
  },
  "size-limit": {
    exit: "disk",
    cause: "{path} is as large as --max-size allows with its names and totals alone",
    fix: "The recording up to here is kept. Pass a larger --max-size.",
  },
  "cannot-mark": { exit: "badRecording", cause: "{path} cannot be marked: {why}", fix: "{advice}" },
  "cannot-write": { exit: "disk", cause: "cannot write {path}: {why}", fix: "Give another name or place (--out)." },
  "port-taken": {
    exit: "usage",
    cause: "the port {port} is in use",
    fix: "Give another --port, or none to let one be chosen.",
  },
  "unreadable-binary": {
    exit: "unsupported",
    cause: "{path} is no readable program file: {why}",
    fix: "Check that the file is whole and made for this machine.",
  },
  "not-an-object": {
    exit: "usage",
    cause: "there is no Python object at {address} in process {pid}: {why}",
    fix: "Give what hex(id(object)) says in that process.",
  },
  "not-a-site": {
    exit: "usage",
    cause: "`{site}` is no site: {why}",
    fix: "Give FILE:LINE, FUNCTION or type:NAME, or a type before one of the first two: dict@app.py:12.",
  },
  "immortal-object": {
    exit: "unsupported",
    cause: "the {type} at {address} is immortal: CPython {version} does not count its references",
    fix: "Choose another object; None, small numbers and interned names are immortal from 3.12 on.",
  },
  "too-many-objects": {
    exit: "usage",
    cause: "{given} objects are more than the processor has breakpoints for",
    fix: "Watch at most {most} at a time.",
  },
  "watch-denied": {
    exit: "permission",
    cause: "the kernel does not let the process {pid} set a hardware breakpoint on itself: {why}",
    fix: "{advice}",
  },
  "watch-unsupported": {
    exit: "unsupported",
    cause: "no object of the process {pid} can be watched: {why}",
    fix: "{advice}",
  },
  ...heapFailures,
  "not-found": { exit: "usage", cause: "there is no {what}", fix: "{advice}" },
  bug: { exit: "bug", cause: "{what}", fix: "This is a fault in Refscope. Please report it with what you did." },
} as const satisfies Record<string, Words>;

export type FailureCode = keyof typeof table;
/** Codes as a list, for schemas. */
export const failureCodes: readonly string[] = Object.keys(table);

/** Fills the words of `code` in. A name without a value stays visible as `{name}`. */
export function failure(code: FailureCode, values: Readonly<Record<string, string | number>> = {}): Failure {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  const words = table[code];
  return { code, cause: fill(words.cause), fix: fill(words.fix), exit: exitCodes[words.exit] };
}

export const isFailureCode = (code: string): code is FailureCode => Object.hasOwn(table, code);

/** What a failure that came as text over a wire exits with; a code this version does not know is a bug. */
export const exitOf = (code: string): ExitCode =>
  exitCodes[Object.entries(table).find(([known]) => known === code)?.[1].exit ?? "bug"];

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (code: FailureCode, values?: Readonly<Record<string, string | number>>): Result<never> => ({
  ok: false,
  failure: failure(code, values),
});
export const failed = (failure: Failure): Result<never> => ({ ok: false, failure });
