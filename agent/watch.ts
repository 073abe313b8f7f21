// Addresses of objects in, a breakpoint on the reference count of each out, and what the changes they tell of are named by; or a refusal with
// nothing changed. Next: drain.ts sends it; recording.ts takes it out.
import { type AgentMessageInput, mostWatched } from "../shared/agent-protocol.ts";
import type { Core } from "./core/core.ts";
import { slotsOf } from "./elf-slots.ts";
import type { SlotPlan } from "./extensions.ts";
import type { Gil } from "./gil.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Layout } from "./layout/layout.ts";
import { global } from "./libc.ts";
import { readCode } from "./names.ts";
import type { Refusal } from "./refusal.ts";
import { refuseBy } from "./watch-denied.ts";
import { objectAt, type WatchableObject } from "./watch-object.ts";

type Batch = Extract<AgentMessageInput, { kind: "batch" }>;
export interface Watching {
  readonly follow: readonly WatchableObject[];
  /** What is new since the last call. */
  fresh(): {
    readonly codes: Batch["codes"];
    readonly places: NonNullable<Batch["places"]>;
    readonly watched: NonNullable<Batch["watched"]>;
  };
  /** No breakpoint is left; waits for hits that are on their way. */
  stop(): void;
  /** The signal is given back. */
  end(): void;
}
interface Given {
  readonly interpreter: Interpreter;
  readonly layout: Layout;
  readonly core: Core;
  readonly gil: Gil;
}

/** Beside the ids that the core counts up from 1, and those of samples.ts. */
const firstCode = 1 << 24;
/** A thread may be kept from running between a hit and its signal; for longer than this it is not. */
const settleMs = 2000;
/** Files that stay free for the target itself. */
const spareFiles = 64;

/** First of all: what is patched for it must not lead into the void. */
export function prepareWatch(core: Core, layout: Layout): void {
  if (!core.watch.prepare(wordsOf(layout))) throw new Error("there is no memory for what is followed");
}

export function watchObjects(given: Given, addresses: readonly string[]): Watching | Refusal {
  const { interpreter, layout, core, gil } = given;
  const plan = handlerSlots(core);
  return gil.with(() => {
    const found = addresses.slice(0, mostWatched).map((address) => objectAt(core, layout, interpreter, address));
    const refused = found.find((one) => "kind" in one);
    if (refused !== undefined && "kind" in refused) return refused;
    for (const slot of slotsOf(interpreter.module, plan.wants)) plan.patch(slot, interpreter.module);
    const follow = found.flatMap((one) => ("kind" in one ? [] : [one]));
    for (const { address, size } of follow) {
      const failed = core.watch.follow(address, size);
      if (failed === 0) continue;
      takeBack(core);
      return refuseBy(failed);
    }
    return watching(core, layout, follow);
  });
}

function watching(core: Core, layout: Layout, follow: readonly WatchableObject[]): Watching {
  const told = { codes: 0, places: 0, watched: false };
  return {
    follow,
    fresh() {
      const upTo = { places: core.watch.placeCount, codes: core.watch.codeCount };
      const places = range(told.places, upTo.places).map((id) => placeOf(core, id));
      const codes = range(told.codes, upTo.codes).map((id) => codeOf(core, layout, id));
      const watched = told.watched
        ? []
        : follow.map(({ address, type, count }, id) => ({ id, address: address.toString(), type, count }));
      Object.assign(told, upTo, { watched: true });
      return { codes, places, watched };
    },
    stop() {
      core.watch.stop();
      const until = Date.now() + settleMs;
      while (!core.watch.settled() && Date.now() < until) Thread.sleep(0.001);
    },
    end: () => core.watch.end(),
  };
}

const range = (after: number, last: number): readonly number[] =>
  Array.from({ length: last - after }, (_, i) => after + 1 + i);

function placeOf(core: Core, id: number) {
  const { code, instruction, native } = core.watch.place(id);
  return { id, code: code === 0 ? 0 : firstCode + code, instruction, native: native.map(String) };
}

function codeOf(core: Core, layout: Layout, id: number): Batch["codes"][number] {
  const { address, look } = core.watch.code(id);
  try {
    return readCode(firstCode + id, address, layout, look);
  } catch {
    return { id: firstCode + id, function: "?", file: "?", firstLine: 0, lineTable: "" };
  }
}

function takeBack(core: Core): void {
  core.watch.stop();
  for (let tries = 0; !core.watch.settled() && tries < 100; tries++) Thread.sleep(0.001);
  core.watch.end();
}

function wordsOf(layout: Layout) {
  const { codeName, codeQualname = 0, codeFilename, codeFirstLine, codeLineTable } = layout;
  return {
    code_bytes: 8 + Math.max(codeName, codeQualname, codeFilename, codeFirstLine, codeLineTable),
    code_name: codeQualname || codeName,
    code_file: codeFilename,
    code_first_line: codeFirstLine,
    code_table: codeLineTable,
    bytes_data: layout.bytesData,
    most_files: openFiles() - spareFiles,
    sigaction: global("sigaction") ?? NULL,
    signal: global("signal") ?? NULL,
  };
}

/** RLIMIT_NOFILE. */
function openFiles(): number {
  const soft = /^Max open files\s+(\d+)/m.exec(File.readAllText("/proc/self/limits"))?.[1];
  return soft === undefined ? 2 ** 31 : Number(soft);
}

/** Whoever sets a handler of SIGTRAP meanwhile gets the hits that are not ours, and finds it there afterwards. */
export function handlerSlots(core: Core): SlotPlan {
  return {
    wants: (symbol) => symbol === "sigaction" || symbol === "signal",
    patch({ symbol, address, readOnly }) {
      core.patchSlot(
        address,
        symbol === "signal" ? core.watch.wrappers.signal : core.watch.wrappers.sigaction,
        readOnly,
      );
    },
  };
}

/** Sentences for `recording.notObserved`. */
export const notWatched = ({ versionHex }: Interpreter): readonly string[] => [
  "An object is followed until its count is 0: one that its own __del__ brings back, and one made later at the same address, are not.",
  ...(versionHex >= 0x030e0000
    ? ["From CPython 3.14 on, functions borrow from their own variables without counting: such uses are not changes."]
    : []),
];
