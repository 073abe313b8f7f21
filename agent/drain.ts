// The core's counters in, batches to the engine out, ten times a second: the bytes as the core wrote them, and the names they use beside them. Next: engine/session/inbox.ts.
import { type AgentMessage, unackedBatches } from "../shared/agent-protocol.ts";
import type { Core } from "./core/core.ts";
import type { Layout } from "./layout/layout.ts";
import type { ModuleWatch } from "./modules.ts";
import { readCode, readType } from "./names.ts";

/** A whole second of new sites and keys fits; more goes out in further batches at once. */
const bufferBytes = 1 << 20;

export interface Drain {
  /** Sends what changed, unless the engine is behind: then the counters go on growing and nothing is lost. */
  tick(): void;
  /** The rest, marked as the last. */
  finish(): void;
  acknowledge(sequence: number): void;
}

type Send = (message: AgentMessage, bytes: ArrayBuffer) => void;

export function startDrain(core: Core, layout: Layout, modules: ModuleWatch, send: Send): Drain {
  const buffer = Memory.alloc(bufferBytes);
  const known: Known = { codes: 0, types: 0, modules: new Set() };
  let sent = 0;
  let acknowledged = -1;

  function one(last: boolean): boolean {
    const { bytes, more } = core.drain(buffer, bufferBytes, last);
    modules.check();
    const message = definitions(core, layout, modules.modules, known);
    send(message, buffer.readByteArray(bytes) ?? new ArrayBuffer(0));
    sent++;
    return more;
  }
  const all = (last: boolean) => {
    while (one(last));
  };
  return {
    tick() {
      if (sent - 1 - acknowledged < unackedBatches) all(false);
    },
    finish: () => all(true),
    acknowledge(sequence) {
      acknowledged = Math.max(acknowledged, sequence);
    },
  };
}

interface Known {
  codes: number;
  types: number;
  readonly modules: Set<string>;
}

/** Names of what was interned since: read after the drain, so that everything it mentions is among them. */
function definitions(core: Core, layout: Layout, modules: readonly Module[], known: Known): AgentMessage {
  const upTo = { codes: core.codeCount, types: core.typeCount };
  const codes = range(known.codes, upTo.codes).map((id) => readCode(id, core.codeAt(id), layout));
  const types = range(known.types, upTo.types).map((id) => readType(id, core.typeAt(id), layout));
  Object.assign(known, upTo);
  return { kind: "batch", codes, types, modules: newModules(modules, known.modules) };
}

const range = (after: number, last: number): readonly number[] =>
  Array.from({ length: last - after }, (_, i) => after + 1 + i);

function newModules(loaded: readonly Module[], known: Set<string>) {
  const fresh = loaded.filter((module) => !known.has(module.base.toString()));
  for (const module of fresh) known.add(module.base.toString());
  return fresh.map(({ path, base, size }) => ({ path, base: base.toString(), size }));
}
