// A pid in, what /proc says about the process out; "gone" when it ended meanwhile, "denied" when the kernel refuses. Next: facts.ts.
import { existsSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { errorCode } from "../elf/binary-file.ts";

export type Read<T> =
  | { readonly kind: "read"; readonly value: T }
  | { readonly kind: "denied" }
  | { readonly kind: "gone" };

export interface ProcessStatus {
  /** R, S, D, I; T stopped, t stopped by a tracer; Z zombie, X dead. */
  readonly state: string;
  /** Differs from the pid asked for when that is a thread's id. */
  readonly processId: number;
  readonly parent: number;
  readonly tracer: number;
  readonly threads: number;
  /** Real, effective, saved and file-system user. */
  readonly users: readonly number[];
  readonly rssBytes: number | undefined;
  readonly permittedCapabilities: bigint;
  readonly effectiveCapabilities: bigint;
  /** 0 none, 1 strict, 2 filter. */
  readonly seccomp: number;
}

export function attempt<T>(read: () => T): Read<T> {
  try {
    return { kind: "read", value: read() };
  } catch (error) {
    const code = errorCode(error);
    return { kind: code === "ENOENT" || code === "ESRCH" ? "gone" : "denied" };
  }
}
export const ifRead = <T>(read: Read<T>): T | undefined => (read.kind === "read" ? read.value : undefined);

/** Where processes are looked at: /proc, or what REFSCOPE_PROC names, which engine/far fills for those of another machine. */
const here = "/proc";
export const procRoot = (): string => process.env["REFSCOPE_PROC"] || here;
/** They are reached through a device: what is in them beside our agent, and who may enter, is that device's business. */
export const throughDevice = (): boolean => procRoot() !== here;
export const procPath = (pid: number | "self", name: string): string =>
  `${pid === "self" ? here : procRoot()}/${pid}/${name}`;
/** Copied from another machine, where what cannot be copied was seen to be so. Never in a true /proc. */
export const copiedMark = "copied";
export const isCopied = (pid: number): boolean => throughDevice() && existsSync(procPath(pid, copiedMark));
export const readText = (pid: number | "self", name: string): Read<string> =>
  attempt(() => readFileSync(procPath(pid, name), "utf8"));
export const readLink = (pid: number | "self", name: string): string | undefined =>
  ifRead(attempt(() => readlinkSync(procPath(pid, name))));
/** The owner of /proc/PID: root for a process that made itself not dumpable. */
export const ownerOf = (pid: number): number | undefined => ifRead(attempt(() => statSync(`${procRoot()}/${pid}`).uid));

export function readStatus(pid: number | "self"): ProcessStatus | undefined {
  const text = ifRead(readText(pid, "status"));
  if (text === undefined) return undefined;
  const fields = new Map(text.split("\n").map((line) => splitOnce(line, ":")));
  const field = (name: string) => fields.get(name) ?? "";
  const rss = Number.parseInt(field("VmRSS"), 10);
  return {
    state: field("State").slice(0, 1),
    processId: Number(field("Tgid")),
    parent: Number(field("PPid")),
    tracer: Number(field("TracerPid")),
    threads: Number(field("Threads")),
    users: field("Uid").split(/\s+/).map(Number),
    rssBytes: Number.isNaN(rss) ? undefined : rss * 1024,
    permittedCapabilities: BigInt(`0x${field("CapPrm") || "0"}`),
    effectiveCapabilities: BigInt(`0x${field("CapEff") || "0"}`),
    seccomp: Number(field("Seccomp") || 0),
  };
}

function splitOnce(line: string, at: string): readonly [string, string] {
  const index = line.indexOf(at);
  return [line.slice(0, index), line.slice(index + 1).trim()];
}

/** Words of a NUL-separated file: cmdline, environ. */
export const words = (text: string): readonly string[] => text.split("\0").filter((word) => word !== "");

/** Start in clock ticks since boot: with the pid it names one process for ever. */
export function readStartTicks(pid: number): number | undefined {
  const text = ifRead(readText(pid, "stat"));
  // The name before it may hold spaces and parentheses.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields && Number(fields[19]);
}
