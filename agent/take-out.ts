// An armed core and what was patched in, the target as it was before out, with the last of what was counted sent. Next: recording.ts.
import type { DisarmReply } from "../shared/agent-protocol.ts";
import type { Patches } from "./code-patch.ts";
import type { Core } from "./core/core.ts";
import type { Drain } from "./drain.ts";
import type { Gil } from "./gil.ts";

/** Longer than any thread with the GIL stays between an event and its counter; the tables are emptied, not unmapped, for those without. */
const graceSeconds = 0.03;
/** What waiting for a free GIL may take before it is simply waited for. */
const patienceMs = 200;
/** What looking for objects on free lists may take; a heap of 3 GB is done in that time. */
const settleMs = 1000;

/** Who holds the GIL for long is looked at, instead of being waited for unseen. What there is is drained before the wait. */
export function awaitFree(core: Core, look: () => void): void {
  const until = Date.now() + patienceMs;
  do {
    look();
    Thread.sleep(0.001);
  } while (core.gil.peek() !== undefined && Date.now() < until);
}

/** Code, tracer, allocators, pointers; then the GIL passes, 30 ms pass, and references and memory are let go under the GIL. */
export function takeOut(core: Core, gil: Gil, patches: readonly Patches[], drain: Drain): DisarmReply {
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

export function withdraw(core: Core, patches: readonly Patches[]): void {
  for (const patch of patches) patch.revert();
  core.disarm();
}
