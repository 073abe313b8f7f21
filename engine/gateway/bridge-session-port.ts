// A session's wishes in, requests to bridge.py out. Scripts are numbered here, before Python knows them, so that no message can
// come too early. Next: attached.ts.
import type { Receive, SessionPort } from "./attached.ts";
import type { BridgeProcess } from "./bridge-process.ts";
import { limits } from "./limits.ts";

/** Who gets the messages of which script; shared by all sessions of one bridge. */
export type ScriptTable = Map<number, Receive>;

export function bridgeSessionPort(bridge: BridgeProcess, session: number, scripts: ScriptTable): SessionPort {
  return {
    load(source, receive) {
      const script = bridge.newNumber();
      scripts.set(script, receive);
      const loaded = bridge.request("load", { session, script }, limits.load, Buffer.from(source, "utf8"));
      return { loaded, port: scriptPort(bridge, script, scripts) };
    },
    detach: () => bridge.request("detach", { session }, limits.detach),
    abandon: () => bridge.tell("abandon", { session }),
  };
}

function scriptPort(bridge: BridgeProcess, script: number, scripts: ScriptTable) {
  return {
    post(json: string, bytes: Uint8Array | undefined) {
      const text = Buffer.from(json, "utf8");
      const both = bytes === undefined ? text : Buffer.concat([text, bytes]);
      bridge.tell("post", { script, text: text.length, extra: bytes !== undefined }, both);
    },
    async unload() {
      await bridge.request("unload", { script }, limits.detach);
      scripts.delete(script);
    },
  };
}
