// In: a pid. Out: what /proc says of it: stopped or traced, how many cores of ours it holds, and what could grow. Next: cycles.ts.
import { readdirSync, readFileSync } from "node:fs";

export interface Health {
  readonly stopped: boolean;
  /** Executable mappings of a resident core. */
  readonly cores: number;
  readonly files: number;
  readonly mappings: number;
  readonly threads: number;
  readonly rssMegabytes: number;
}

export function healthOf(pid: number): Health {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const field = (name: string) => status.match(new RegExp(`^${name}:\\s+(\\S+)`, "m"))?.[1] ?? "";
  const maps = readFileSync(`/proc/${pid}/maps`, "utf8").trim().split("\n");
  return {
    stopped: /^[tT]/.test(field("State")) || field("TracerPid") !== "0",
    cores: maps.filter((line) => /memfd/.test(line) && /refscope/.test(line) && / r-xp /.test(line)).length,
    files: readdirSync(`/proc/${pid}/fd`).length,
    mappings: maps.length,
    threads: Number(field("Threads")),
    rssMegabytes: Number(field("VmRSS")) / 1024,
  };
}
