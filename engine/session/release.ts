// A session in, a process without agent and without Frida out: the agent's dispose takes out what it installed, Frida unmaps
// itself a moment after it said that it is detached. Next: the target goes on alone.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pid } from "../../shared/units.ts";
import type { GatewayScript, GatewaySession } from "../gateway/gateway.ts";

const lookEveryMs = 10;
/** Under load Frida's threads took up to 0.3 s to leave. */
const longestMs = 1_000;

export async function release(session: GatewaySession, script: GatewayScript | undefined): Promise<void> {
  await script?.unload();
  await session.detach();
  for (let waited = 0; waited < longestMs && holdsFrida(session.pid); waited += lookEveryMs) await sleep(lookEveryMs);
}

function holdsFrida(pid: Pid): boolean {
  try {
    return readFileSync(`/proc/${pid}/maps`, "latin1").includes("frida-agent");
  } catch {
    return false;
  }
}
