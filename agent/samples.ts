// The hold that is going on in, what its thread runs out, once it has lasted half the threshold and then each time it has become twice as
// long. Read beside the running thread, which is not stopped: only what can be read twice alike is believed. Next: drain.ts sends it.
import type { AgentMessageInput } from "../shared/agent-protocol.ts";
import type { Core } from "./core/core.ts";
import type { PeekedFrame, PeekedHold } from "./core/events.ts";
import type { Layout } from "./layout/layout.ts";
import { nativeStack } from "./native-stack.ts";
import { peekedCode } from "./peeked-code.ts";

type Batch = Extract<AgentMessageInput, { kind: "batch" }>;
export type Sample = NonNullable<Batch["samples"]>[number];
export type Code = Batch["codes"][number];

export interface Samples {
  /** How often `look` wants to be called. */
  readonly everyMs: number;
  look(): void;
  /** Since the last call; with the code objects they name for the first time. */
  fresh(): { readonly samples: readonly Sample[]; readonly codes: readonly Code[] };
}

/** Ids of code objects that were only read, beside those that the core counts up from 1. */
const firstCode = 1 << 20;
const fewestMs = 2;
const mostMs = 100;
/** Between two drains; more is not told apart by anybody. */
const mostWaiting = 200;

export function samplesOf(core: Core, layout: Layout, thresholdMs: number, modules: () => readonly Module[]): Samples {
  const codes = peekedCode(core, layout, firstCode);
  let last = { hold: 0, milliseconds: 0 };
  let waiting: Sample[] = [];

  function take(held: PeekedHold): void {
    const frames = core.gil.frames(held.state);
    const named = frames.map(({ code, instruction }) => ({ code: codes.idOf(code), instruction }));
    const native = held.hold === last.hold ? [] : nativeStack(core, core.gil.thread(held.thread), modules());
    if (core.gil.peek()?.hold !== held.hold || !alike(frames, core.gil.frames(held.state))) return;
    last = { hold: held.hold, milliseconds: held.milliseconds };
    const known = named.flatMap(({ code, instruction }) => (code === undefined ? [] : [{ code, instruction }]));
    if (waiting.length < mostWaiting)
      waiting.push({ hold: held.hold, thread: held.thread, at: core.now(), frames: known, native });
  }
  return {
    everyMs: Math.min(mostMs, Math.max(fewestMs, thresholdMs / 4)),
    look() {
      const held = core.gil.peek();
      if (held === undefined) return;
      const due = held.hold === last.hold ? 2 * last.milliseconds : thresholdMs / 2;
      if (held.milliseconds >= due) take(held);
    },
    fresh() {
      const samples = waiting;
      waiting = [];
      return { samples, codes: codes.fresh() };
    },
  };
}

/** The same frames run the same code: what was read in between was theirs. */
const alike = (a: readonly PeekedFrame[], b: readonly PeekedFrame[]): boolean =>
  a.length === b.length &&
  a.every((one, i) => one.frame.equals(b[i]?.frame ?? NULL) && one.code.equals(b[i]?.code ?? NULL));
