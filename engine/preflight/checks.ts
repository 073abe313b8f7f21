// The facts of one process in, what each check says out, in order; the first "no" ends the list. Next: preflight.ts.
import { type Failure, failure } from "../../shared/failures.ts";
import { versionText } from "../../shared/units.ts";
import { machineText, ownMachine } from "../elf/identity.ts";
import type { Inside, ProcessFacts, Surroundings } from "./facts.ts";
import type { PythonImage } from "./image.ts";
import { explainDenial } from "./permission.ts";
import { ifRead } from "./proc.ts";
import { isKnown, knownVersions } from "./version.ts";

export interface CheckOptions {
  readonly overrideRemoteDebug?: boolean;
}
/** What a check says: a sentence when it passed. */
type Verdict = string | Failure;
interface CheckRow {
  readonly name: string;
  readonly judge: (facts: ProcessFacts, around: Surroundings, options: CheckOptions) => Verdict;
}

/** `exists` is not here: without it there are no facts. */
export const checkRows: readonly CheckRow[] = [
  { name: "not a zombie", judge: alive },
  { name: "not stopped", judge: running },
  { name: "not traced", judge: untraced },
  { name: "readable", judge: readable },
  { name: "machine", judge: machine },
  { name: "CPython", judge: python },
  { name: "version", judge: version },
  { name: "build", judge: build },
  { name: "permission", judge: permission },
  { name: "no other agent", judge: agents },
  { name: "namespaces", judge: namespaces },
  { name: "remote debugging allowed", judge: remoteDebug },
];

function alive({ pid, status }: ProcessFacts): Verdict {
  return status.state === "Z" || status.state === "X" ? failure("zombie", { pid }) : `state ${status.state}`;
}

/** Under a tracer a stop is the tracer's, and `untraced` names it. */
function running({ pid, status, tracer }: ProcessFacts): Verdict {
  const stopped = status.state === "T" || status.state === "t";
  return stopped && tracer === undefined ? failure("stopped", { pid, state: status.state }) : "not stopped";
}

function untraced({ pid, tracer }: ProcessFacts): Verdict {
  return tracer ? failure("traced", { pid, tracer: `${tracer.name} (pid ${tracer.pid})` }) : "no tracer";
}

function readable(facts: ProcessFacts, around: Surroundings): Verdict {
  return facts.inside.kind === "read" ? "its memory map can be read" : denied(facts, around);
}

function denied({ pid, other }: ProcessFacts, { we, users }: Surroundings): Failure {
  const { why, advice, remedies } = explainDenial(we, other, users.nameOf);
  return { ...failure("ptrace-denied", { pid, why, advice }), remedies };
}

function machine(facts: ProcessFacts): Verdict {
  const identity = inside(facts)?.machine;
  if (identity === undefined) return failure("not-python", { pid: facts.pid, name: facts.name });
  if (identity.bits === 64 && identity.machine === ownMachine()) return machineText(identity);
  const words = { pid: facts.pid, machine: machineText(identity), ours: process.arch };
  return failure("unsupported-machine", words);
}

function python(facts: ProcessFacts): Verdict {
  const image = imageOf(facts);
  if (image === undefined) return failure("not-python", { pid: facts.pid, name: facts.name });
  return image.kind === "pypy" ? failure("pypy", { pid: facts.pid }) : image.path;
}

function version({ pid, ...facts }: ProcessFacts): Verdict {
  const image = imageOf(facts);
  const said = image?.version === undefined ? unreadVersion(image) : versionText(image.version);
  if (image?.version === undefined || !isKnown(image.version))
    return failure("unknown-version", { pid, version: said, known: knownVersions });
  if (image.contradiction !== undefined)
    return failure("layout-mismatch", { pid, version: said, what: image.contradiction });
  return said;
}

const unreadVersion = (image: PythonImage | undefined): string =>
  `${image?.versionSaid ?? ""} (${image?.path ?? "?"} does not tell its full version, or was replaced)`.trimStart();

function build({ pid, ...facts }: ProcessFacts): Verdict {
  const image = imageOf(facts);
  if (image?.freeThreaded !== true) return buildWords(image).join(", ");
  const advice = "Recording object lifecycles needs the build with the GIL; run the program under that one.";
  return failure("unsupported-build", { pid, build: "a free-threaded CPython", advice });
}

export function buildWords(image: PythonImage | undefined): readonly string[] {
  if (image === undefined || image.kind === "pypy") return [];
  const flags = [image.freeThreaded && "free-threaded", image.staticBuild && "static"].filter((word) => word !== false);
  return [image.debug ? "debug" : "release", ...flags];
}

function permission(facts: ProcessFacts, around: Surroundings): Verdict {
  return facts.traceable ? "may be traced" : denied(facts, around);
}

function agents(facts: ProcessFacts): Verdict {
  const found = inside(facts)?.agents;
  if (found?.foreign !== undefined) return failure("foreign-agent", { pid: facts.pid, agent: found.foreign });
  if (found?.ownAgent === true) return failure("already-recorded", { pid: facts.pid });
  return found?.ownCore === true ? "none; the core of an earlier recording sleeps in it" : "none";
}

function namespaces(facts: ProcessFacts, around: Surroundings): Verdict {
  const its = inside(facts);
  if (its?.seesProc !== true) return failure("no-proc", { pid: facts.pid });
  const others = [
    its.namespaces.mnt !== around.namespaces.mnt && "mount",
    its.namespaces.pid !== around.namespaces.pid && "pid",
  ].filter((kind) => kind !== false);
  return others.length === 0
    ? "the same as ours"
    : `another ${others.join(" and ")} namespace; /proc is mounted there, so it works`;
}

function remoteDebug(facts: ProcessFacts, _: Surroundings, options: CheckOptions): Verdict {
  if (inside(facts)?.remoteDebugDisabled !== true) return "not disabled";
  return options.overrideRemoteDebug
    ? "disabled by its owner, overridden"
    : failure("remote-debug-disabled", { pid: facts.pid });
}

const inside = (facts: Pick<ProcessFacts, "inside">): Inside | undefined => ifRead(facts.inside);
export const imageOf = (facts: Pick<ProcessFacts, "inside">): PythonImage | undefined => inside(facts)?.image;
