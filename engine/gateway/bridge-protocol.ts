// The JSON of bridge.py's frames, parsed at the border. What an agent said is in the bytes and not looked at here. Next: bridge-process.ts.
import * as v from "valibot";

const whole = v.pipe(v.number(), v.integer());

const error = v.object({ name: v.string(), message: v.string() });
const reply = v.union([v.object({ id: whole, result: v.unknown() }), v.object({ id: whole, error })]);
const event = v.variant("event", [
  v.object({ event: v.literal("ready"), frida: v.string() }),
  v.object({ event: v.literal("failed"), why: v.string() }),
  /** The bytes are `text` bytes of the agent's JSON, then what it sent beside it. */
  v.object({ event: v.literal("message"), script: whole, text: whole, extra: v.boolean() }),
  v.object({ event: v.literal("detached"), session: whole, reason: v.string() }),
  v.object({ event: v.literal("output"), pid: whole, fd: v.picklist([1, 2]) }),
]);
const said = v.union([event, reply]);

export type BridgeReply = v.InferOutput<typeof reply>;
export type BridgeEvent = v.InferOutput<typeof event>;

/** @throws when it is none of these: then the pipe does not carry our protocol. */
export const parseSaid = (json: string): BridgeReply | BridgeEvent => v.parse(said, JSON.parse(json));

export const processNames = v.array(v.object({ pid: whole, name: v.string() }));
