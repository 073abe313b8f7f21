// A script's raw JSON and bytes in, payloads out; calls and posts the other way. Shared by bridge.ts and binding.ts, which
// differ only in how the raw text travels (ScriptPort). Next: engine/session/inbox.ts gets the payloads.
import * as v from "valibot";
import { type Failure, failure } from "../../shared/failures.ts";
import type { Pid } from "../../shared/units.ts";
import type { GatewayScript, ScriptEvents } from "./gateway.ts";
import { limits, within } from "./limits.ts";
import { RpcChannel } from "./rpc-channel.ts";

/** How the text of a script travels. */
export interface ScriptPort {
  post(json: string, bytes: Uint8Array | undefined): void;
  unload(): Promise<void>;
}
export interface ScriptEnd {
  readonly script: GatewayScript;
  receive(json: string, bytes: Uint8Array | undefined): void;
  close(why: Failure): void;
}

const envelope = v.variant("type", [
  v.object({ type: v.literal("send"), payload: v.unknown() }),
  v.object({ type: v.literal("error"), description: v.string(), stack: v.optional(v.string()) }),
  v.object({ type: v.literal("log"), level: v.string(), payload: v.string() }),
]);

export function openScript(pid: Pid, port: ScriptPort, on: ScriptEvents): ScriptEnd {
  const rpc = new RpcChannel(pid, (message, bytes) => port.post(JSON.stringify(message), bytes));
  return {
    receive: (json, bytes) => receive(json, bytes, rpc, on),
    close: (why) => rpc.close(why),
    script: {
      call: (method, args, bytes, limit) => rpc.call(method, args, bytes, limit),
      post: (message) => port.post(JSON.stringify(message), undefined),
      async unload() {
        await within(limits.detach, port.unload(), () => undefined);
        rpc.close(failure("agent-error", { pid, what: "its script was unloaded" }));
      },
    },
  };
}

function receive(json: string, bytes: Uint8Array | undefined, rpc: RpcChannel, on: ScriptEvents): void {
  const parsed = v.safeParse(envelope, parseJson(json));
  if (!parsed.success) return on.error("the agent sent what is no message");
  const message = parsed.output;
  switch (message.type) {
    case "send":
      if (!rpc.accept(message.payload, bytes)) on.message(message.payload, bytes);
      return;
    case "error":
      return on.error(message.stack ?? message.description);
    case "log":
      return on.error(`${message.level}: ${message.payload}`);
    default:
      message satisfies never;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
