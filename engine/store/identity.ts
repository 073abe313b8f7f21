// In: nothing, or the identity a file carries. Out: who writes, and whether that process still does. Used by create.ts, open.ts.
import { readFileSync, readlinkSync } from "node:fs";

/** `where` tells machine, boot and pid namespace: a pid means something only there. */
export interface WriterIdentity {
  readonly where: string;
  readonly pid: number;
  /** Field 22 of /proc/PID/stat: pids are given again, this pair is not. */
  readonly startTicks: string;
}

const heartbeatOldMs = 10_000;

export function ownIdentity(): WriterIdentity {
  return { where: here(), pid: process.pid, startTicks: startTicks(process.pid) ?? "" };
}

export function stillWriting(writer: WriterIdentity, heartbeat: number, now: number): boolean {
  if (writer.where !== "" && writer.where === here()) return startTicks(writer.pid) === writer.startTicks;
  return now - heartbeat < heartbeatOldMs;
}

function here(): string {
  try {
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return ""; // no /proc: then the heartbeat alone tells
  }
}

function startTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
