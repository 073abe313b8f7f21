// A request and a core in, its hooks in the target out, or a refusal with nothing changed: every step that changes the target, in order. Next: recording.ts.
import type { ArmRequest } from "../shared/agent-protocol.ts";
import { type ApiCalls, apiCalls } from "./api-calls.ts";
import { type Auditing, auditModule, cannotAudit } from "./audit.ts";
import { noPatches, type Patches } from "./code-patch.ts";
import type { Core } from "./core/core.ts";
import { creationEventsOf, patchCreation } from "./creation.ts";
import { patchErrors } from "./errors.ts";
import { extensionPatcher } from "./extensions.ts";
import type { Gil } from "./gil.ts";
import { gilSlots, otherGils, patchGilSlots } from "./gil-slots.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Layout } from "./layout/layout.ts";
import { loadedModules, type ModuleWatch } from "./modules.ts";
import { nativeMemory } from "./native-memory.ts";
import type { Collected } from "./not-observed.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { withdraw } from "./take-out.ts";
import { fillTarget } from "./target.ts";
import { type PythonNames, pythonThreadNames } from "./thread-names.ts";
import { handlerSlots, prepareWatch, startWatch, type Watching, watches } from "./watch.ts";

/** What is recorded, of whom, with what. */
export interface Armament {
  readonly interpreter: Interpreter;
  readonly layout: Layout;
  readonly request: ArmRequest;
  readonly core: Core;
  readonly gil: Gil;
}

export interface Hooks {
  readonly patches: readonly Patches[];
  readonly modules: ModuleWatch;
  readonly patchedModules: number;
  readonly calls: ApiCalls;
  readonly collected: Collected;
  /** Undefined while the GIL is not recorded. */
  readonly names: PythonNames | undefined;
  readonly watch: Watching | undefined;
  readonly audit: Auditing | undefined;
}

export function install(armament: Armament): Hooks | Refusal {
  const { interpreter, layout, request, core, gil } = armament;
  const refusal = request.audit && cannotAudit(armament, request.audit);
  if (refusal !== undefined) return refusal;
  const slots = request.gil ? gilSlots(interpreter) : undefined;
  const watched = watches(request);
  const collect = {
    lifecycle: request.lifecycle,
    gil: slots !== undefined,
    errors: request.errors,
    watch: watched,
    sample: request.sample !== undefined,
    audit: request.audit !== undefined,
  };
  // An audit hears of what is freed and made anew by the same hooks.
  const objects = collect.lifecycle || collect.audit;
  // Code is patched while no thread can be in it: another interpreter's threads do not wait for the GIL that is held here.
  const mayPatchCode = otherGils(interpreter, layout) === 0;
  const inferTypes = !mayPatchCode || creationEventsOf(interpreter) === "inferred";
  const errors = { messages: request.errorMessages, details: request.errorDetails };
  const options = { frames: request.frames, inferTypes, collect, errors };
  const target = fillTarget(interpreter, layout, gil, options);
  const armed = gil.with(() => {
    if (core.forked || core.armed) core.repair();
    const names = collect.gil ? pythonThreadNames(interpreter, layout) : undefined;
    if (!core.prepare(target)) return refuse("arm-failed", { why: "there is no memory for its tables" });
    if (!core.arm())
      return refuse("arm-failed", {
        why: "another tool (tracemalloc, memray) wrapped the allocators during an earlier recording; stop it first",
      });
    patchGilSlots(core, slots ?? []);
    const patchIf = (wanted: boolean, patch: () => Patches) => (wanted && mayPatchCode ? patch() : noPatches);
    const creation = patchIf(objects || collect.sample, () => patchCreation(interpreter, core));
    return {
      names,
      creation,
      errors: patchIf(collect.errors, () => patchErrors(interpreter, core, request.errorDetails)),
    };
  });
  if ("kind" in armed) return armed;
  const patches = [armed.creation, armed.errors];
  const collected = { ...collect, errors: armed.errors.functions.length > 0 };
  try {
    if (watched) prepareWatch(core, layout);
    const audit = request.audit && auditModule(armament, request.audit);
    const found = { audit, names: armed.names, ...watchModules(request, core, interpreter, audit) };
    const watch = startWatch({ interpreter, layout, core, gil }, request);
    if (watch === undefined || !("kind" in watch)) return { patches, collected, ...found, watch };
    gil.with(() => withdraw(core, patches));
    return watch;
  } catch (error) {
    gil.with(() => withdraw(core, patches));
    throw error;
  }
}

function watchModules(request: ArmRequest, core: Core, interpreter: Interpreter, audit: Auditing | undefined) {
  const calls = apiCalls(core, interpreter, request);
  const watched = watches(request) ? [handlerSlots(core)] : [];
  const plans = [...(request.nativeMemory ? [nativeMemory(core)] : []), ...calls.plans, ...watched];
  const patch = extensionPatcher(plans, (module) => {
    for (const { base, size } of module.enumerateRanges("--x")) core.errors.noteExtension(base, base.add(size));
  });
  const modules = loadedModules((loaded) => {
    if (watched.length > 0) core.watch.learn(loaded);
    const patched = patch(loaded);
    audit?.learn(loaded);
    return patched;
  });
  if (request.lifecycle || audit !== undefined) findAllocatorTables(interpreter, core);
  return { modules, calls, patchedModules: modules.check() };
}

/** CPython keeps its allocators in writable data of its own module; a forked child puts them back there. */
function findAllocatorTables(interpreter: Interpreter, core: Core): void {
  const writable = interpreter.module.enumerateRanges("rw-");
  for (const domain of [0, 1, 2]) writable.some(({ base, size }) => core.findAllocator(base, base.add(size), domain));
}
