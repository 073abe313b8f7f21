// Threads that the core has seen at the GIL in, their kernel and Python names out. Next: drain.ts sends them.
import type { AgentMessageInput } from "../shared/agent-protocol.ts";
import type { GilCore } from "./core/events.ts";
import type { Gil } from "./gil.ts";
import type { PythonNames } from "./thread-names.ts";

export type Thread = NonNullable<Extract<AgentMessageInput, { kind: "batch" }>["threads"]>[number];

export interface Threads {
  /** Those that are new, or whose name has become known, since the last call. */
  fresh(): readonly Thread[];
  /** All names once more: a thread may have been named after it began. */
  last(): readonly Thread[];
}

/** This thread: what it does under the GIL (arming, reading names) is recorded like all else. */
const ownName = "Refscope";
/** The name of a thread that began later is asked for after this: it takes the GIL before `threading` lists it. */
const askAfterMs = 300;
/** At a moment when nobody holds the GIL, but at the latest so much later: behind threads that compute, there is none. */
const patienceMs = 1000;
/** More holds than these between two drains: the GIL is so busy that waiting for it would hold up the drain. */
const fewHolds = 5000;

/** `before` are the names as they were at arming. Later ones are asked for, and all once more in the end. */
export function threadsOf(core: GilCore, gil: Gil, names: PythonNames): Threads {
  const known = new Map<number, Thread>();
  const self = Process.getCurrentThreadId();
  let askAt = 0;

  function learn(): readonly Thread[] {
    const fresh: Thread[] = [];
    for (let id = known.size + 1; core.thread(id) !== 0; id++) {
      const tid = core.thread(id);
      const name = tid === self ? ownName : (names.before.get(tid) ?? null);
      const thread = { id, tid, name, kernelName: kernelName(tid) ?? null };
      known.set(id, thread);
      fresh.push(thread);
    }
    if (fresh.some(({ name }) => name === null)) askAt ||= Date.now() + askAfterMs;
    return fresh;
  }
  function named(): readonly Thread[] {
    const python = gil.with(names.read);
    const renamed = newest(known).filter(({ tid, name }) => tid !== self && (python.get(tid) ?? null) !== name);
    const rows = renamed.map((thread) => ({ ...thread, name: python.get(thread.tid) ?? thread.name }));
    for (const row of rows) known.set(row.id, row);
    return rows;
  }
  return {
    fresh() {
      const fresh = learn();
      if (askAt === 0 || Date.now() < askAt || core.waiting > fewHolds) return fresh;
      if (core.peek() !== undefined && Date.now() < askAt + patienceMs) return fresh;
      askAt = 0;
      return [...fresh, ...named()];
    },
    last: () => [...learn(), ...(gil.gone ? [] : named())],
  };
}

/** A kernel id may have been given again: it is the newest thread's. */
const newest = (known: ReadonlyMap<number, Thread>): readonly Thread[] => [
  ...new Map([...known.values()].map((thread) => [thread.tid, thread])).values(),
];

function kernelName(tid: number): string | undefined {
  try {
    return File.readAllText(`/proc/self/task/${tid}/comm`).trim();
  } catch {
    return undefined; // it has ended
  }
}
