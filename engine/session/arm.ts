// The injected agent in, its hooks installed or its refusal in the words of the failure table out. Next: session.ts records, or takes back.
import * as v from "valibot";
import { type ArmReply, type ArmRequest, agentCalls, armReply } from "../../shared/agent-protocol.ts";
import { type FailureCode, fail, failed, failure, failureCodes, ok, type Result } from "../../shared/failures.ts";
import { type Pid, versionHex, versionText } from "../../shared/units.ts";
import { armLimit, type Injected, inTime } from "./inject.ts";

export type Armed = Extract<ArmReply, { kind: "armed" }>;

export async function arm(
  pid: Pid,
  { script, found }: Injected,
  request: ArmRequest,
  core: Uint8Array,
): Promise<Result<Armed>> {
  const answer = await script.call(agentCalls.arm, [request], core, armLimit);
  if (!answer.ok) return failed(inTime(pid, answer.failure));
  const parsed = v.safeParse(armReply, answer.value.value);
  if (!parsed.success) return fail("agent-error", { pid, what: "its answer to arm is not understood" });
  const reply = parsed.output;
  if (reply.kind === "armed") return ok(reply);
  const values = { version: versionText(versionHex(found.versionHex)), ...reply.values, pid };
  if (!isFailureCode(reply.code)) return fail("arm-failed", { pid, why: reply.code });
  return failed(failure(reply.code, values));
}

const isFailureCode = (code: string): code is FailureCode => failureCodes.includes(code);
