// The engine's `arm` and `disarm` in, a process that is recorded (and left as it was) out. Next: main.ts.
import type { AgentMessageInput, ArmReply, ArmRequest, DisarmReply } from "../shared/agent-protocol.ts";
import { drainEveryMs, silenceMs } from "../shared/agent-protocol.ts";
import { type Core, coreAt } from "./core/core.ts";
import { findOrLoad } from "./core/resident.ts";
import { creationEventsOf } from "./creation.ts";
import { type Beside, startDrain } from "./drain.ts";
import { noteFridaHooks } from "./frida-hooks.ts";
import { type Gil, gilOf } from "./gil.ts";
import { type HeapWalks, heapWalks } from "./heap.ts";
import { type Armament, type Hooks, install } from "./install.ts";
import type { Interpreter } from "./interpreter.ts";
import { knownVersions, minorVersion } from "./layout/layout.ts";
import { required } from "./libc.ts";
import { notObserved } from "./not-observed.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { samplesOf } from "./samples.ts";
import { contradiction } from "./self-check.ts";
import { awaitFree, takeOut } from "./take-out.ts";
import { threadsOf } from "./threads.ts";
import { notWatched } from "./watch.ts";
import { notSampled } from "./watch-sample.ts";

export interface Recording {
  readonly reply: Extract<ArmReply, { kind: "armed" }>;
  readonly heap: HeapWalks;
  beat(acknowledged: number): void;
  disarm(): DisarmReply;
}
export type Armed = Recording | Refusal;

export interface Outlet {
  batch(message: AgentMessageInput, bytes: ArrayBuffer): void;
  /** The engine has been silent for too long and everything was taken out. */
  silent(): void;
}

export function startRecording(
  interpreter: Interpreter,
  request: ArmRequest,
  coreBytes: ArrayBuffer,
  outlet: Outlet,
): Armed {
  const version = minorVersion(interpreter.versionHex);
  const { layout } = interpreter;
  if (layout === undefined) return refuse("unknown-version", { version, known: knownVersions.join(", ") });
  if (interpreter.freeThreaded)
    return refuse("unsupported-build", {
      build: `free-threaded CPython ${version}`,
      advice: request.gil
        ? "It runs without a GIL, so there is none to wait for, and reference counts are split between threads; use the default build."
        : "Reference counts there are split between threads; use the default build.",
    });
  const gil = gilOf(interpreter);
  if (gil === undefined) return refuse("not-ready");
  const wrong = gil.with(() => contradiction(interpreter, layout, request));
  if (wrong !== undefined) return refuse("layout-mismatch", { version, what: wrong });
  const resident = findOrLoad(coreBytes);
  const core = coreAt(resident.door);
  noteFridaHooks(core);
  if (!resident.reused) onFork(core);
  const armament = { interpreter, layout, request, core, gil };
  const hooks = install(armament);
  return "kind" in hooks ? hooks : running(armament, hooks, resident.reused, outlet);
}

/** The child handler stays for the life of the process, as the core does; dso handle 0 is never unloaded. */
function onFork(core: Core): void {
  new NativeFunction(required("__register_atfork"), "int", ["pointer", "pointer", "pointer", "pointer"])(
    NULL,
    NULL,
    core.forkHandler,
    NULL,
  );
}

/** What goes into batches beside the core's counters. */
function besideOf({ layout, request, core, gil }: Armament, { modules, calls, names, watch, audit }: Hooks): Beside {
  const messages = request.errorMessages && request.errors;
  if (names === undefined) return { threads: undefined, samples: undefined, calls, messages, watch, audit };
  return {
    threads: threadsOf(core.gil, gil, names),
    samples: samplesOf(core, layout, request.gilThresholdMs, () => modules.modules),
    calls,
    messages,
    watch,
    audit,
  };
}

function running(armament: Armament, hooks: Hooks, coreReused: boolean, outlet: Outlet): Recording {
  const { interpreter, layout, core, gil, request } = armament;
  const beside = besideOf(armament, hooks);
  const heap = heapWalks(armament);
  const drain = startDrain(core, layout, hooks.modules, beside, outlet.batch);
  /** Counted in ticks of this process: while it is stopped itself, the engine is not silent. */
  let unheard = 0;
  let final: DisarmReply | undefined;
  const timer = setInterval(() => {
    if (++unheard * drainEveryMs <= silenceMs) {
      countQuietRaise();
      return drain.tick();
    }
    disarm();
    outlet.silent();
  }, drainEveryMs);
  const countQuietRaise = hooks.collected.errors ? quietRaises(core, gil) : () => {};
  const { samples } = beside;
  const look = (): void => {
    samples?.look();
    drain.hurry();
  };
  const looking = setInterval(look, samples?.everyMs ?? silenceMs);

  function disarm(): DisarmReply {
    if (final !== undefined) return final;
    clearInterval(timer);
    clearInterval(looking);
    heap.stop();
    if (samples !== undefined) awaitFree(core, look);
    hooks.watch?.stop();
    hooks.audit?.stop();
    final = takeOut(core, gil, hooks.patches, drain);
    hooks.watch?.end();
    hooks.audit?.end();
    return final;
  }
  return {
    reply: {
      kind: "armed",
      coreReused,
      creationEvents: creationEventsOf(interpreter),
      patchedModules: hooks.patchedModules,
      gil: hooks.collected.gil ? "slots" : "none",
      notObserved: [
        ...notObserved(interpreter, layout, request, hooks.collected),
        ...(hooks.watch === undefined ? [] : notWatched(interpreter)),
        ...(request.sample === undefined ? [] : notSampled(interpreter)),
      ],
    },
    heap,
    beat(acknowledged) {
      unheard = 0;
      drain.acknowledge(acknowledged);
    },
    disarm,
  };
}

/** The newest raise waits for what comes after it: when nothing has for a whole tick, it is counted. */
function quietRaises(core: Core, gil: Gil): () => void {
  let before = 0;
  return () => {
    const { waiting } = core.errors;
    const quiet = waiting !== 0 && waiting === before && core.gil.peek() === undefined;
    if (quiet && !gil.gone) gil.with(() => core.errors.commit());
    before = waiting;
  };
}
