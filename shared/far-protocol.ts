// What the engine asks of an agent on another machine before it judges the process: which machine that is, and files as the process
// sees them. The answers come from a machine that may be anybody's. Next: agent/surroundings.ts answers, engine/far asks.
import * as v from "valibot";

/** Largest piece of a file in one answer. */
export const farPieceBytes = 1 << 20;

const longest = 4096;
const text = v.pipe(v.string(), v.maxLength(longest));

export const farSurroundings = v.strictObject({
  /** As the process sees itself, in its own pid namespace. */
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  boot: text,
  executable: v.nullable(text),
  namespaces: v.strictObject({ mnt: v.nullable(text), pid: v.nullable(text), user: v.nullable(text) }),
  /** Of its environment nothing else is told. */
  remoteDebugDisabled: v.boolean(),
});
export type FarSurroundings = v.InferOutput<typeof farSurroundings>;

/** `readable` false: there is no such file, or it may not be read. Fewer bytes than asked for: its end. */
export const farPiece = v.strictObject({ readable: v.boolean() });
export type FarPiece = v.InferOutput<typeof farPiece>;

export const farCalls = { surroundings: "surroundings", piece: "piece" } as const;
