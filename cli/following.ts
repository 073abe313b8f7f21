// A recording being started in, its progress on the terminal and its last state out. Next: verbs/record.ts, run.ts, demo.ts.
import { setTimeout as wait } from "node:timers/promises";
import type { Engine } from "../engine/engine.ts";
import { ok, type Result } from "../shared/failures.ts";
import type { RecordingState } from "../shared/rpc-contract.ts";
import { Interrupts, type Stopper } from "./interrupts.ts";
import { Keys } from "./keys.ts";
import type { Terminal } from "./terminal.ts";
import { safe } from "./text/safe.ts";
import { bytesText, countText } from "./text/units.ts";

export interface Followed {
  readonly state: RecordingState;
  /** The signal that ended it, when one did. */
  readonly stopper: Stopper | undefined;
}

const lookEveryMs = 250;
const politeMs = 500;

/** Of a program that we started the terminal is the program's. */
export interface FollowOptions {
  /** m sets a mark. */
  readonly keys: boolean;
}

/** Ctrl-C once ends the recording in order, twice lets go of the target at once. */
export async function follow(
  engine: Engine,
  start: Promise<Result<RecordingState>>,
  terminal: Terminal,
  { keys }: FollowOptions = { keys: false },
): Promise<Result<Followed>> {
  const interrupts = new Interrupts();
  void interrupts.second.then((code) => leave(engine, code));
  let pressed: Keys | undefined;
  try {
    const started = await start;
    if (!started.ok) return started;
    terminal.talk(startLine(started.value));
    const { path } = started.value;
    if (keys) pressed = new Keys((key) => void (key === "m" && mark(engine, path, terminal)));
    const followed = await watch(engine, started.value, interrupts, terminal);
    terminal.talk(endLine(followed.state));
    return ok(followed);
  } finally {
    pressed?.close();
    interrupts.release();
  }
}

/** A mark at the present of the recording. */
async function mark(engine: Engine, path: string, terminal: Terminal): Promise<void> {
  const before = await engine.call("recording.marks", { path });
  const marked = await engine.call("recording.mark", { path });
  if (!marked.ok) return terminal.complain(marked.failure, false);
  const known = new Set(before.ok ? before.value.marks.map(({ at }) => at) : []);
  const set = marked.value.marks.find(({ at }) => !known.has(at));
  terminal.talk(set ? `${set.at.toFixed(1)} s: ${safe(set.name)} is set` : "there is a mark at this moment already");
}

/** Frida lets go of the target when we are gone, in order or not; the file is then opened as recovered. */
async function leave(engine: Engine, code: Stopper): Promise<never> {
  await Promise.race([engine.close(), wait(politeMs)]);
  process.exit(code);
}

async function watch(
  engine: Engine,
  started: RecordingState,
  interrupts: Interrupts,
  terminal: Terminal,
): Promise<Followed> {
  let state = started;
  let stopper: Stopper | undefined;
  while (state.phase !== "closed") {
    const arrived = stopper ?? (await Promise.race([interrupts.first, wait(lookEveryMs).then(() => undefined)]));
    if (arrived !== undefined && stopper === undefined) {
      stopper = arrived;
      terminal.talk("stopping; once more to let go at once");
      const stopped = await engine.call("recording.stop", { path: state.path });
      if (stopped.ok) state = stopped.value;
    } else if (stopper !== undefined) await wait(lookEveryMs);
    state = (await latest(engine, state)) ?? { ...state, phase: "closed" };
    terminal.progress(progressLine(state));
  }
  return { state, stopper };
}

/** Undefined when the engine does not know the recording any more: it is closed. */
async function latest(engine: Engine, state: RecordingState): Promise<RecordingState | undefined> {
  const states = await engine.call("recording.states", {});
  if (!states.ok) return undefined;
  return states.value.find(({ path }) => path === state.path) ?? (state.phase === "closed" ? state : undefined);
}

function startLine({ target, path }: RecordingState): string {
  const of = target ? ` ${target.pid} (Python ${target.python})` : "";
  return `recording${of} into ${path}`;
}

function progressLine({ phase, seconds, produced, dropped, rate, bytes, roomSeconds }: RecordingState): string {
  const room = roomSeconds !== null && roomSeconds < 3600 ? ` · room for ${Math.round(roomSeconds)} s` : "";
  const numbers = [`${seconds.toFixed(1)} s`, eventsText(produced), `${countText(rate)}/s`];
  return `${phase} · ${numbers.join(" · ")} · ${countText(sum(dropped))} dropped · ${bytesText(bytes)}${room}`;
}

function endLine({ seconds, produced, dropped, bytes }: RecordingState): string {
  return `recorded ${seconds.toFixed(1)} s, ${eventsText(produced)}, ${countText(sum(dropped))} dropped, ${bytesText(bytes)}`;
}

const eventsText = (counts: Readonly<Record<string, number>>): string =>
  sum(counts) === 1 ? "1 event" : `${countText(sum(counts))} events`;
const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
