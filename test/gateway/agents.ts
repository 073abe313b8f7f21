// Frida scripts for the contract suite, and what they say taken in.
import type { GatewayScript, GatewaySession, ScriptEvents } from "../../engine/gateway/gateway.ts";
import { value } from "./value.ts";

/** Gives back what it gets, the bytes reversed; throws; sends in a burst; throws with nobody waiting. */
export const echo = `
rpc.exports = {
  echo(value, bytes) {
    if (bytes === undefined || bytes === null) return value;
    const all = new Uint8Array(bytes);
    return [value, all.reverse().buffer];
  },
  fail() { throw new TypeError("on purpose"); },
  async later() { await new Promise((resolve) => setTimeout(resolve, 20)); throw new RangeError("later on purpose"); },
  never() { return new Promise(() => {}); },
  stray() { setTimeout(() => { throw new Error("nobody waits"); }, 10); },
  where() { return Process.id; },
};
recv("ping", function again(message) { send({ pong: message.number }); recv("ping", again); });
send("loaded");
`;

/** Numbered chunks with the sum of their words, as fast as it can. */
export const burst = `
const words = 40 * 1024;
rpc.exports = {
  burst(chunks) {
    const data = new Uint32Array(words);
    let sum = 0;
    for (let i = 0; i !== words; i++) { data[i] = (i * 2654435761) >>> 0; sum = (sum + data[i]) >>> 0; }
    for (let sequence = 0; sequence !== chunks; sequence++) {
      sum = (sum - data[sequence % words]) >>> 0;
      data[sequence % words] = sequence;
      sum = (sum + sequence) >>> 0;
      send({ sequence, sum }, data.buffer);
    }
    return chunks;
  },
};
`;

export interface Heard extends ScriptEvents {
  readonly messages: readonly { readonly payload: unknown; readonly bytes: Uint8Array | undefined }[];
  readonly errors: readonly string[];
}

export function listener(): Heard {
  const messages: { payload: unknown; bytes: Uint8Array | undefined }[] = [];
  const errors: string[] = [];
  return {
    messages,
    errors,
    message: (payload, bytes) => void messages.push({ payload, bytes }),
    error: (text) => void errors.push(text),
  };
}

export async function load(session: GatewaySession, source: string): Promise<{ script: GatewayScript; heard: Heard }> {
  const heard = listener();
  return { script: value(await session.loadScript(source, heard)), heard };
}
