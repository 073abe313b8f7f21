// A pid in, the real agent armed in it out, and everything it sends added up as the engine would. Next: the tests ask for counts.

import * as v from "valibot";
import type { Gateway, GatewayScript, GatewaySession } from "../../engine/gateway/gateway.ts";
import { readAgentFiles } from "../../engine/session/agent-files.ts";
import { Heartbeat } from "../../engine/session/heartbeat.ts";
import type { ArmReply, ArmRequest, Inspection } from "../../shared/agent-protocol.ts";
import { agentCalls, agentMessage, armReply, disarmReply, inspection } from "../../shared/agent-protocol.ts";
import type { Pid } from "../../shared/units.ts";
import { decodeBatch } from "../../shared/wire.ts";
import { value } from "../gateway/value.ts";
import { Events } from "./events.ts";
import { Sums } from "./sums.ts";

export interface Loaded {
  readonly session: GatewaySession;
  readonly script: GatewayScript;
  readonly sums: Sums;
  readonly events: Events;
  readonly said: readonly string[];
  inspect(): Promise<Inspection>;
  arm(request?: Partial<ArmRequest>): Promise<ArmReply>;
  /** The agent's own totals; everything it sent is in `sums` then. */
  disarm(): Promise<v.InferOutput<typeof disarmReply>>;
  /** No more signs of life. */
  silence(): void;
  leave(): Promise<void>;
}

/** What is asked for unless a test says otherwise. */
const usual: ArmRequest = {
  frames: 1,
  lifecycle: true,
  nativeMemory: false,
  gil: false,
  gilThresholdMs: 10,
  errors: false,
  errorDetails: false,
  errorMessages: false,
};

export async function load(gateway: Gateway, pid: Pid): Promise<Loaded> {
  const files = value(readAgentFiles());
  const sums = new Sums();
  const events = new Events();
  const said: string[] = [];
  let beats: Heartbeat | undefined;
  const session = value(await gateway.attach(pid));
  const script = value(
    await session.loadScript(files.source, {
      error: (text) => void said.push(text),
      message(payload, bytes) {
        const message = v.parse(agentMessage, payload);
        if (message.kind !== "batch")
          return void said.push(message.kind === "disarmed" ? message.reason : message.text);
        const batch = decodeBatch(bytes ?? new Uint8Array());
        sums.add(message, batch);
        events.add(message, batch);
        beats?.stored(batch.sequence);
      },
    }),
  );
  const call = async (name: string, words: readonly unknown[], bytes?: Uint8Array) =>
    value(await script.call(name, words, bytes)).value;
  return {
    session,
    script,
    sums,
    events,
    said,
    inspect: async () => v.parse(inspection, await call(agentCalls.inspect, [])),
    async arm(request = {}) {
      beats = new Heartbeat((beat) => script.post(beat));
      const reply = await call(agentCalls.arm, [{ ...usual, ...request }], files.core);
      return v.parse(armReply, reply);
    },
    async disarm() {
      const reply = v.parse(disarmReply, await call(agentCalls.disarm, []));
      beats?.stop();
      return reply;
    },
    silence: () => beats?.stop(),
    async leave() {
      beats?.stop();
      await script.unload();
      await session.detach();
    },
  };
}
