// The core's counters in, batches to the engine out, ten times a second: the bytes as the core wrote them, and the names they use beside them. Next: engine/session/inbox.ts.
import { type AgentMessageInput, unackedBatches } from "../shared/agent-protocol.ts";
import type { ApiCalls } from "./api-calls.ts";
import type { Auditing } from "./audit.ts";
import type { Core } from "./core/core.ts";
import type { Layout } from "./layout/layout.ts";
import type { ModuleWatch } from "./modules.ts";
import { readCode, readType } from "./names.ts";
import type { Samples } from "./samples.ts";
import type { Threads } from "./threads.ts";
import type { Watching } from "./watch.ts";

/** A whole second of new sites and keys fits; more goes out in further batches at once. */
const bufferBytes = 1 << 21;
/** Of holds in the core's ring, which has room for four times as many. */
const manyHolds = 1 << 16;

/** What beside the core's counters goes into a batch. */
export interface Beside {
  readonly threads: Threads | undefined;
  readonly samples: Samples | undefined;
  readonly calls: ApiCalls;
  readonly messages: boolean;
  readonly watch: Watching | undefined;
  readonly audit: Auditing | undefined;
}

export interface Drain {
  /** Sends what changed, unless the engine is behind: then the counters go on growing and nothing is lost. */
  tick(): void;
  /** Sooner than the next tick, when there is much to send. */
  hurry(): void;
  /** The rest, marked as the last. */
  finish(): void;
  acknowledge(sequence: number): void;
}

type Send = (message: AgentMessageInput, bytes: ArrayBuffer) => void;

export function startDrain(core: Core, layout: Layout, modules: ModuleWatch, beside: Beside, send: Send): Drain {
  const buffer = Memory.alloc(bufferBytes);
  const known: Known = { codes: 0, types: 0, errorKeys: 0, modules: new Set() };
  let sent = 0;
  let acknowledged = -1;

  function one(last: boolean): boolean {
    const { bytes, more } = core.drain(buffer, bufferBytes, last);
    modules.check();
    const message = definitions(core, layout, modules.modules, known, beside, last);
    send(message, buffer.readByteArray(bytes) ?? new ArrayBuffer(0));
    sent++;
    return more;
  }
  const all = (last: boolean) => {
    while (one(last));
  };
  const behind = () => sent - 1 - acknowledged >= unackedBatches;
  return {
    tick() {
      if (!behind()) all(false);
    },
    hurry() {
      if (core.gil.waiting > manyHolds && !behind()) all(false);
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
  errorKeys: number;
  readonly modules: Set<string>;
}

/** Names of what was interned since: read after the drain, so that everything it mentions is among them. */
function definitions(
  core: Core,
  layout: Layout,
  modules: readonly Module[],
  known: Known,
  beside: Beside,
  last: boolean,
): AgentMessageInput {
  const audit = beside.audit?.fresh(last);
  const upTo = { codes: core.codeCount, types: core.typeCount };
  const { samples, codes: sampled } = beside.samples?.fresh() ?? { samples: [], codes: [] };
  const codes = range(known.codes, upTo.codes).map((id) => readCode(id, core.codeAt(id), layout));
  const types = range(known.types, upTo.types).map((id) => readType(id, core.typeAt(id), layout));
  Object.assign(known, upTo);
  const watched = beside.watch?.fresh() ?? { codes: [], places: [], watched: [], sampled: undefined };
  const threads = last ? beside.threads?.last() : beside.threads?.fresh();
  return {
    kind: "batch",
    codes: [...codes, ...sampled, ...watched.codes],
    types,
    modules: newModules(modules, known.modules),
    threads: filled(threads ?? []),
    samples: filled(samples),
    messages: filled(beside.messages ? newMessages(core, known) : []),
    calls: filled(beside.calls.fresh()),
    places: filled(watched.places),
    watched: filled(watched.watched),
    sampled: watched.sampled,
    audit,
  };
}

const filled = <T>(rows: readonly T[]): T[] | undefined => (rows.length === 0 ? undefined : [...rows]);

/** Of the error keys that are new: the core keeps the first message of each. */
function newMessages(core: Core, known: Known) {
  const from = known.errorKeys;
  known.errorKeys = core.errors.keyCount;
  return range(from, known.errorKeys).flatMap((key) => {
    const text = core.errors.message(key);
    return text === undefined ? [] : [{ key, text }];
  });
}

const range = (after: number, last: number): readonly number[] =>
  Array.from({ length: last - after }, (_, i) => after + 1 + i);

function newModules(loaded: readonly Module[], known: Set<string>) {
  const fresh = loaded.filter((module) => !known.has(module.base.toString()));
  for (const module of fresh) known.add(module.base.toString());
  return fresh.map(({ path, base, size }) => ({ path, base: base.toString(), size }));
}
