// Slots of the C API in extension modules in; each goes through a stub of the core that counts, and is told to the engine by module and name. Next: extensions.ts, drain.ts.
import type { AgentMessageInput } from "../shared/agent-protocol.ts";
import type { Core } from "./core/core.ts";
import type { SlotPlan } from "./extensions.ts";
import { exported, type Interpreter } from "./interpreter.ts";

export type Call = NonNullable<Extract<AgentMessageInput, { kind: "batch" }>["calls"]>[number];

export interface ApiCalls {
  readonly plans: readonly SlotPlan[];
  /** Definitions since the last call. */
  fresh(): readonly Call[];
}

/** Who takes and lets go of the GIL. */
const gilFunctions = new Set([
  "PyGILState_Ensure",
  "PyGILState_Release",
  "PyEval_SaveThread",
  "PyEval_RestoreThread",
  "PyEval_AcquireThread",
  "PyEval_ReleaseThread",
]);

export function apiCalls(core: Core, interpreter: Interpreter, collect: { gil: boolean; errors: boolean }): ApiCalls {
  let waiting: Call[] = [];
  const plan: SlotPlan = {
    wants: (symbol) => (collect.gil && gilFunctions.has(symbol)) || (collect.errors && symbol.startsWith("PyErr_")),
    patch({ symbol, address, readOnly }, module) {
      // A slot that is not bound yet holds the way to the dynamic linker, which would write over us: the function itself is known.
      const target = exported(interpreter.module, symbol);
      const stub = target === null ? undefined : core.errors.stub(address, target);
      if (stub !== undefined && core.patchSlot(address, stub.address, readOnly))
        waiting.push({ id: stub.id, function: symbol, module: module.path });
    },
  };
  return {
    plans: collect.gil || collect.errors ? [plan] : [],
    fresh() {
      const calls = waiting;
      waiting = [];
      return calls;
    },
  };
}
