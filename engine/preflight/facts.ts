// A pid in, everything the checks need to know about the process out, read without touching it. Next: checks.ts.
import { closeSync, constants, openSync, statfsSync } from "node:fs";
import { type Identity, readIdentity } from "../elf/identity.ts";
import { type FoundAgents, findAgents } from "./agents.ts";
import { findImage, type ImageCache, type PythonImage } from "./image.ts";
import { parseMaps } from "./maps.ts";
import { type Other, type Ourselves, otherOf, readOurselves } from "./permission.ts";
import {
  attempt,
  ifRead,
  isCopied,
  type ProcessStatus,
  procPath,
  type Read,
  readLink,
  readStartTicks,
  readStatus,
  readText,
  throughDevice,
  words,
} from "./proc.ts";
import { readUsers, type Users } from "./users.ts";

/** What is the same for all processes of one look. */
export interface Surroundings {
  readonly we: Ourselves;
  readonly users: Users;
  readonly images: ImageCache;
  readonly namespaces: Namespaces;
}
export type Namespaces = Readonly<Record<"mnt" | "pid", string | undefined>>;

/** What may be read of a process by who may read its memory map. */
export interface Inside {
  readonly executable: string | undefined;
  readonly machine: Identity | undefined;
  readonly image: PythonImage | undefined;
  readonly agents: FoundAgents;
  readonly namespaces: Namespaces;
  /** /proc as the process sees it is a proc file system. */
  readonly seesProc: boolean;
  readonly remoteDebugDisabled: boolean;
}
export interface ProcessFacts {
  readonly pid: number;
  readonly name: string;
  readonly command: readonly string[];
  readonly status: ProcessStatus;
  readonly startTicks: number;
  readonly tracer: { readonly pid: number; readonly name: string } | undefined;
  readonly other: Other;
  readonly inside: Read<Inside>;
  /** The kernel lets us open its memory, which asks the same question as ptrace does. */
  readonly traceable: boolean;
}

const procMagic = 0x9fa0;
const disableVariable = "PYTHON_DISABLE_REMOTE_DEBUG";
const disableOption = /^disable[-_]remote[-_]debug(=|$)/;

export const readSurroundings = (): Surroundings => ({
  we: readOurselves(),
  users: readUsers(),
  images: new Map(),
  namespaces: namespacesOf("self"),
});

/** Undefined when there is no such process, or no more when the reading was over. */
export function gatherFacts(pid: number, around: Surroundings): ProcessFacts | undefined {
  const startTicks = readStartTicks(pid);
  const status = readStatus(pid);
  if (startTicks === undefined || status === undefined || status.processId !== pid) return undefined;
  const command = words(ifRead(readText(pid, "cmdline")) ?? "");
  const facts = {
    pid,
    name: (ifRead(readText(pid, "comm")) ?? "").trimEnd(),
    command,
    status,
    startTicks,
    tracer: status.tracer === 0 ? undefined : { pid: status.tracer, name: nameOf(status.tracer) },
    other: otherOf(pid, status),
    inside: lookInside(pid, command, status.threads, around.images),
    traceable: throughDevice() || mayTrace(pid),
  };
  return readStartTicks(pid) === startTicks ? facts : undefined;
}

const nameOf = (pid: number): string => (ifRead(readText(pid, "comm")) ?? "an unknown program").trimEnd();

function lookInside(pid: number, command: readonly string[], threads: number, images: ImageCache): Read<Inside> {
  const maps = readText(pid, "maps");
  if (maps.kind !== "read") return maps;
  const files = parseMaps(maps.value);
  const executable = executableOf(pid);
  const identity = readIdentity(procPath(pid, "exe"));
  const inside: Inside = {
    executable,
    machine: identity.ok ? identity.value : undefined,
    image: findImage(pid, executable, files, images),
    agents: findAgents(files, threads, throughDevice()),
    namespaces: namespacesOf(pid),
    seesProc: isCopied(pid) || ifRead(attempt(() => statfsSync(procPath(pid, "root/proc")).type)) === procMagic,
    remoteDebugDisabled: isRemoteDebugDisabled(pid, command),
  };
  return { kind: "read", value: inside };
}

/** As the process names it; of a copied one the link leads to the copy. */
function executableOf(pid: number): string | undefined {
  const [link, root] = [readLink(pid, "exe"), procPath(pid, "root/")];
  return link?.startsWith(root) ? link.slice(root.length - 1) : link?.replace(/ \(deleted\)$/, "");
}

/** PEP 768 takes any value but the empty one; `-X disable_remote_debug` says the same. Only the answer is kept, no environment. */
function isRemoteDebugDisabled(pid: number, command: readonly string[]): boolean {
  const environment = words(ifRead(readText(pid, "environ")) ?? "");
  if (environment.some((entry) => entry.startsWith(`${disableVariable}=`) && entry.length > disableVariable.length + 1))
    return true;
  return command.some(
    (word, at) => disableOption.test(word.replace(/^-X/, "")) && (word.startsWith("-X") || command[at - 1] === "-X"),
  );
}

const namespacesOf = (pid: number | "self"): Namespaces => ({
  mnt: readLink(pid, "ns/mnt"),
  pid: readLink(pid, "ns/pid"),
});

function mayTrace(pid: number): boolean {
  const opened = attempt(() => openSync(procPath(pid, "mem"), constants.O_RDONLY));
  if (opened.kind === "read") closeSync(opened.value);
  return opened.kind === "read";
}
