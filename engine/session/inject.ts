// A pid that passed preflight in, the agent loaded in it and what it found out; nothing in the process is changed yet, and a
// refusal leaves nothing behind. Next: session.ts arms.
import * as v from "valibot";
import { agentCalls, type Inspection, inspection, protocolVersion } from "../../shared/agent-protocol.ts";
import { type Failure, failed, failure, ok, type Result } from "../../shared/failures.ts";
import { milliseconds, type Pid, type VersionHex, versionHex, versionText } from "../../shared/units.ts";
import type { Gateway, GatewayScript, GatewaySession, ScriptEvents } from "../gateway/gateway.ts";
import { release } from "./release.ts";

export interface Injected {
  readonly session: GatewaySession;
  readonly script: GatewayScript;
  readonly found: Inspection;
}

/** For each of the agent's first two answers; then everything is taken back. */
export const armLimit = milliseconds(10_000);

export async function inject(
  gateway: Gateway,
  target: InjectTarget,
  source: string,
  on: ScriptEvents,
): Promise<Result<Injected>> {
  const session = await gateway.attach(target.pid);
  if (!session.ok) return session;
  const script = await session.value.loadScript(source, on);
  if (!script.ok) return await takenBack(session.value, undefined, script.failure);
  const found = await inspect(script.value, target);
  if (!found.ok) return await takenBack(session.value, script.value, found.failure);
  return ok({ session: session.value, script: script.value, found: found.value });
}
export interface InjectTarget {
  readonly pid: Pid;
  /** As preflight read it from the file. */
  readonly versionHex: VersionHex;
}

/** A refusal, after the agent and Frida have left. */
export async function takenBack(
  session: GatewaySession,
  script: GatewayScript | undefined,
  why: Failure,
): Promise<Result<never>> {
  await release(session, script);
  return failed(why);
}

/** The agent's own words when it answered, else that it took too long. */
export const inTime = (pid: Pid, why: Failure): Failure =>
  why.code === "agent-silent" ? failure("attach-timeout", { pid, seconds: armLimit / 1000 }) : why;

async function inspect(script: GatewayScript, target: InjectTarget): Promise<Result<Inspection>> {
  const answer = await script.call(agentCalls.inspect, [], undefined, armLimit);
  if (!answer.ok) return failed(inTime(target.pid, answer.failure));
  const parsed = v.safeParse(inspection, answer.value.value);
  if (!parsed.success)
    return failed(failure("agent-error", { pid: target.pid, what: "its inspection is not understood" }));
  const why = refusal(parsed.output, target);
  return why ? failed(why) : ok(parsed.output);
}

function refusal(found: Inspection, { pid, versionHex: inFile }: InjectTarget): Failure | undefined {
  if (found.protocol !== protocolVersion) {
    return failure("bug", { what: `the agent speaks protocol ${found.protocol}, the engine ${protocolVersion}` });
  }
  if (found.initialized === false) return failure("not-ready", { pid });
  if (found.core === "armed") return failure("already-recorded", { pid });
  // Only the layout's part of the version, major and minor: the file may be a newer patch than the process that runs.
  if (found.versionHex >>> 16 !== inFile >>> 16) {
    const what = `it says that it is ${versionText(versionHex(found.versionHex))}`;
    return failure("layout-mismatch", { pid, version: versionText(inFile), what });
  }
  return undefined;
}
