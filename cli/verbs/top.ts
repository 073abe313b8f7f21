// A pid in, what happens in it shown once a second until q, Ctrl-C, the end of the time or of the process. Next: the user.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Engine } from "../../engine/engine.ts";
import { exitOf, ok } from "../../shared/failures.ts";
import type { RecordingState } from "../../shared/rpc-contract.ts";
import { Interrupts } from "../interrupts.ts";
import { commonRequestOf, type TopOptions, topOptions } from "../record-options.ts";
import type { Terminal } from "../terminal.ts";
import { type Display, openDisplay } from "../top/display.ts";
import { Poll } from "../top/poll.ts";
import { screenLines } from "../top/screen.ts";
import { defineVerb, type Ended, parsePid } from "../verb.ts";
import { withDevice } from "../with-device.ts";

const everyMs = 1000;
/** The first picture comes sooner. */
const firstMs = 500;
/** A recording that nobody keeps does not fill the disk. */
const draftBytes = 256 * 2 ** 20;

export const verb = defineVerb(topOptions, async (terminal, [word], options) => {
  const pid = parsePid(word);
  if (!pid.ok) return pid;
  const folder = mkdtempSync(join(tmpdir(), "refscope-top-"));
  const draft = options.out === undefined ? { out: join(folder, "top.refscope"), maxBytes: draftBytes } : {};
  try {
    return await withDevice(options, async (engine) => {
      const started = await engine.call("recording.start", { pid: pid.value, ...commonRequestOf(options), ...draft });
      return started.ok ? await watch(engine, started.value, terminal, options) : started;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function watch(engine: Engine, started: RecordingState, terminal: Terminal, options: TopOptions): Promise<Ended> {
  const interrupts = new Interrupts();
  const display = openDisplay(terminal.interactive && !options.json);
  // A second signal does not wait for anything; the screen is given back on the way out.
  void interrupts.second.then((code) => process.exit(code));
  try {
    const asked = Promise.race([interrupts.first, display.quit.then(() => 130 as const)]);
    const stopper = await show(engine, started, terminal, options, display, asked);
    const stopped = await engine.call("recording.stop", { path: started.path });
    display.close();
    const ended = stopped.ok ? stopped.value.ended : null;
    if (ended) terminal.complain(ended, false);
    // As `serve`, it is meant to end by Ctrl-C.
    return ok(ended ? exitOf(ended.code) : stopper === 143 ? 143 : 0);
  } finally {
    display.close();
    interrupts.release();
  }
}

/** Resolves when somebody asks for the end, or the recording has ended by itself. */
async function show(
  engine: Engine,
  started: RecordingState,
  terminal: Terminal,
  { collect, json }: TopOptions,
  display: Display,
  asked: Promise<130 | 143>,
): Promise<130 | 143 | undefined> {
  const poll = new Poll(engine, collect);
  const goesOn = async () => {
    const states = await engine.call("recording.states", {});
    const state = states.ok ? states.value.find(({ path }) => path === started.path) : undefined;
    return state?.phase === "recording" ? state : undefined;
  };
  for (let next = Date.now() + firstMs; ; next += everyMs) {
    const stopper = await Promise.race([asked, wait(Math.max(0, next - Date.now())).then(() => undefined)]);
    if (stopper !== undefined) return stopper;
    const state = await goesOn();
    const document = state && (await poll.document(state));
    // What was read across the end would say half of it.
    if (!document || !(await goesOn())) return undefined;
    if (json) terminal.result(JSON.stringify(document));
    else display.show(screenLines(document, display.size, (text) => terminal.style("bold", text)));
  }
}
