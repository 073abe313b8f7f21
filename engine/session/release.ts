// A session in, a process without agent and without Frida out: the agent's dispose takes out what it installed; then Frida unmaps
// itself and comes back by ptrace for a moment, up to 0.1 s later, to clean up. Next: the target goes on alone.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pid } from "../../shared/units.ts";
import type { GatewayScript, GatewaySession } from "../gateway/gateway.ts";

const lookEveryMs = 10;
const quietMs = 250;
const longestMs = 2_000;

export async function release(session: GatewaySession, script: GatewayScript | undefined): Promise<void> {
  await script?.unload();
  await session.detach();
  if (session.remote) await sleep(quietMs);
  else await untilQuiet(session.pid);
}

/** Until nobody has been in the process for a while; one that is gone is quiet. */
async function untilQuiet(pid: Pid): Promise<void> {
  const start = performance.now();
  let quietSince = start;
  for (let now = start; now - start < longestMs && now - quietSince < quietMs; now = performance.now()) {
    const visited = isVisited(pid);
    if (visited === undefined) return;
    if (visited) quietSince = now;
    await sleep(lookEveryMs);
  }
}

function isVisited(pid: Pid): boolean | undefined {
  try {
    const traced = !readFileSync(`/proc/${pid}/status`, "latin1").includes("TracerPid:\t0\n");
    return traced || readFileSync(`/proc/${pid}/maps`, "latin1").includes("frida-agent");
  } catch {
    return undefined;
  }
}
