// The engine's `arm` and `disarm` in, a process with hooks (and without them again) out: every step that changes the target, in order. Next: main.ts.
import type { AgentMessage, ArmReply, ArmRequest, DisarmReply } from "../shared/agent-protocol.ts";
import { drainEveryMs, silenceMs } from "../shared/agent-protocol.ts";
import { type Core, coreAt } from "./core/core.ts";
import { findOrLoad } from "./core/resident.ts";
import { creationEventsOf, type Patches, patchCreation } from "./creation.ts";
import { type Drain, startDrain } from "./drain.ts";
import { noteFridaHooks } from "./frida-hooks.ts";
import { type Gil, gilOf } from "./gil.ts";
import type { Interpreter } from "./interpreter.ts";
import { knownVersions, type Layout, minorVersion } from "./layout/layout.ts";
import { required } from "./libc.ts";
import { loadedModules, type ModuleWatch } from "./modules.ts";
import { nativeMemory } from "./native-memory.ts";
import { notObserved } from "./not-observed.ts";
import { contradiction } from "./self-check.ts";
import { fillTarget } from "./target.ts";

/** Longer than any thread with the GIL stays between an event and its counter; the tables are emptied, not unmapped, for those without. */
const graceSeconds = 0.03;
/** What looking for objects on free lists may take; a heap of 3 GB is done in that time. */
const settleMs = 1000;

export interface Recording {
  readonly reply: Extract<ArmReply, { kind: "armed" }>;
  beat(acknowledged: number): void;
  disarm(): DisarmReply;
}
type Refusal = Extract<ArmReply, { kind: "refused" }>;
export type Armed = Recording | Refusal;

const refuse = (code: string, values: Refusal["values"] = {}): Refusal => ({
  kind: "refused",
  code,
  values: { pid: Process.id, ...values },
});

export interface Outlet {
  batch(message: AgentMessage, bytes: ArrayBuffer): void;
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
      advice: "Reference counts there are split between threads; use the default build.",
    });
  const gil = gilOf(interpreter);
  if (gil === undefined) return refuse("not-ready");
  const wrong = gil.with(() => contradiction(interpreter, layout));
  if (wrong !== undefined) return refuse("layout-mismatch", { version, what: wrong });
  const resident = findOrLoad(coreBytes);
  const core = coreAt(resident.door);
  noteFridaHooks(core);
  if (!resident.reused) onFork(core);
  const hooks = install(interpreter, layout, request, core, gil);
  return "kind" in hooks ? hooks : running(interpreter, layout, core, gil, hooks, resident.reused, outlet);
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

interface Hooks {
  readonly patches: Patches;
  readonly modules: ModuleWatch;
  readonly patchedModules: number;
}

function install(interpreter: Interpreter, layout: Layout, request: ArmRequest, core: Core, gil: Gil): Hooks | Refusal {
  const target = fillTarget(interpreter, layout, gil, {
    frames: request.frames,
    inferTypes: creationEventsOf(interpreter) === "inferred",
  });
  const patches = gil.with(() => {
    if (core.forked || core.armed) core.repair();
    if (!core.prepare(target)) return refuse("arm-failed", { why: "there is no memory for its tables" });
    if (!core.arm())
      return refuse("arm-failed", {
        why: "another tool (tracemalloc, memray) wrapped the allocators during an earlier recording; stop it first",
      });
    return patchCreation(interpreter, core);
  });
  if ("kind" in patches) return patches;
  try {
    return { patches, ...watchModules(request, core, interpreter) };
  } catch (error) {
    gil.with(() => withdraw(core, patches));
    throw error;
  }
}

function watchModules(request: ArmRequest, core: Core, interpreter: Interpreter): Omit<Hooks, "patches"> {
  const memory = request.nativeMemory ? nativeMemory(core) : undefined;
  const modules = loadedModules((found) => memory?.patchNew(found) ?? 0);
  findAllocatorTables(interpreter, core);
  return { modules, patchedModules: modules.check() };
}

/** CPython keeps its allocators in writable data of its own module; a forked child puts them back there. */
function findAllocatorTables(interpreter: Interpreter, core: Core): void {
  const writable = interpreter.module.enumerateRanges("rw-");
  for (const domain of [0, 1, 2]) writable.some(({ base, size }) => core.findAllocator(base, base.add(size), domain));
}

function running(
  interpreter: Interpreter,
  layout: Layout,
  core: Core,
  gil: Gil,
  hooks: Hooks,
  coreReused: boolean,
  outlet: Outlet,
): Recording {
  const drain = startDrain(core, layout, hooks.modules, outlet.batch);
  /** Counted in ticks of this process: while it is stopped itself, the engine is not silent. */
  let unheard = 0;
  let final: DisarmReply | undefined;
  const timer = setInterval(() => {
    if (++unheard * drainEveryMs <= silenceMs) return drain.tick();
    disarm();
    outlet.silent();
  }, drainEveryMs);

  function disarm(): DisarmReply {
    if (final !== undefined) return final;
    clearInterval(timer);
    final = takeOut(core, gil, hooks.patches, drain);
    return final;
  }
  return {
    reply: {
      kind: "armed",
      coreReused,
      creationEvents: creationEventsOf(interpreter),
      patchedModules: hooks.patchedModules,
      notObserved: [...notObserved(interpreter)],
    },
    beat(acknowledged) {
      unheard = 0;
      drain.acknowledge(acknowledged);
    },
    disarm,
  };
}

/** Code, tracer, allocators, pointers; then the GIL passes, 30 ms pass, and references and memory are let go under the GIL. */
function takeOut(core: Core, gil: Gil, patches: Patches, drain: Drain): DisarmReply {
  const start = Date.now();
  // An interpreter that ends takes its GIL along, and PyGILState_Ensure would not come back: its process is about to exit.
  if (!gil.gone) settleFreeLists(core, gil);
  if (!gil.gone) gil.with(() => withdraw(core, patches));
  Thread.sleep(graceSeconds);
  drain.finish();
  const totals = core.totals();
  if (!gil.gone) gil.with(() => core.letGo());
  return { ...totals, milliseconds: Date.now() - start };
}

/** In many short holds of the GIL, for as long as is bearable. */
function settleFreeLists(core: Core, gil: Gil): void {
  const until = Date.now() + settleMs;
  for (let region = 0; region < core.regions && Date.now() < until; region++) gil.with(() => core.settle(region));
}

function withdraw(core: Core, patches: Patches): void {
  patches.revert();
  core.disarm();
}
