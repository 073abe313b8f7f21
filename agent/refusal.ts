// The code of a failure and the values of its words in, an answer that refuses out. Next: main.ts sends it instead of arming.
import type { ArmReply } from "../shared/agent-protocol.ts";

export type Refusal = Extract<ArmReply, { kind: "refused" }>;
export const refuse = (code: string, values: Refusal["values"] = {}): Refusal => ({
  kind: "refused",
  code,
  values: { pid: Process.id, ...values },
});
