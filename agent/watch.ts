// Addresses of objects, or a site where some will be made, in; a breakpoint on the reference count of each out, and what the changes they tell of are named by; or a refusal with
// nothing changed. Next: drain.ts sends it; recording.ts takes it out.
import { type AgentMessageInput, type ArmRequest, mostWatched } from "../shared/agent-protocol.ts";
import type { Core } from "./core/core.ts";
import { slotsOf } from "./elf-slots.ts";
import type { SlotPlan } from "./extensions.ts";
import type { Gil } from "./gil.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Layout } from "./layout/layout.ts";
import { global } from "./libc.ts";
import { readCode, readType } from "./names.ts";
import type { Refusal } from "./refusal.ts";
import { refuseBy } from "./watch-denied.ts";
import { objectAt, type WatchableObject } from "./watch-object.ts";
import { sampleWords } from "./watch-sample.ts";

type Batch = Extract<AgentMessageInput, { kind: "batch" }>;
export interface Watching {
  /** What is new since the last call. */
  fresh(): {
    readonly codes: Batch["codes"];
    readonly places: NonNullable<Batch["places"]>;
    readonly watched: NonNullable<Batch["watched"]>;
    readonly sampled: Batch["sampled"];
  };
  /** No breakpoint is left; waits for hits that are on their way. */
  stop(): void;
  /** The signal is given back. */
  end(): void;
}
export interface Given {
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

export const watches = ({ watch = [], sample }: ArmRequest): boolean => watch.length > 0 || sample !== undefined;

/** Undefined where nothing is to be followed. */
export function startWatch(given: Given, { watch = [], sample }: ArmRequest): Watching | Refusal | undefined {
  if (watch.length > 0) return watchObjects(given, watch);
  return sample && watchSample(given, sample);
}

function watchObjects(given: Given, addresses: readonly string[]): Watching | Refusal {
  const { interpreter, layout, core, gil } = given;
  return gil.with(() => {
    const found = addresses.slice(0, mostWatched).map((address) => objectAt(core, layout, interpreter, address));
    const refused = found.find((one) => "kind" in one);
    if (refused !== undefined && "kind" in refused) return refused;
    patchHandlers(given);
    const follow = found.flatMap((one) => ("kind" in one ? [] : [one]));
    for (const { address, size } of follow) {
      const failed = core.watch.follow(address, size);
      if (failed === 0) continue;
      takeBack(core);
      return refuseBy(failed);
    }
    return watching(given, (id) => follow[id]);
  });
}

/** Objects are found by the hooks of new ones; a breakpoint is tried before. */
function watchSample(given: Given, { objects, ...site }: NonNullable<ArmRequest["sample"]>): Watching | Refusal {
  const { layout, core, gil } = given;
  return gil.with(() => {
    patchHandlers(given);
    const failed = core.watch.sample.begin(sampleWords(given, site, objects));
    if (failed !== 0) {
      takeBack(core);
      return refuseBy(failed);
    }
    const found = (id: number): WatchableName => {
      const { address, type } = core.watch.object(id);
      return { address, type: readType(0, core.typeAt(type), layout).name, count: 0 };
    };
    const followed = watching(given, found);
    return {
      fresh: () => ({ ...followed.fresh(), sampled: core.watch.sample.counts() }),
      stop() {
        // What makes objects has the GIL; nobody is at it then.
        if (!gil.gone) gil.with(() => core.watch.sample.end());
        followed.stop();
      },
      end: followed.end,
    };
  });
}

type WatchableName = Pick<WatchableObject, "address" | "type" | "count">;

function watching({ core, layout }: Given, object: (id: number) => WatchableName | undefined): Watching {
  const told = { codes: 0, places: 0, watched: 0 };
  const own = Process.findModuleByAddress(core.forkHandler);
  return {
    fresh() {
      const upTo = { places: core.watch.placeCount, codes: core.watch.codeCount, watched: core.watch.count };
      const places = range(told.places, upTo.places).map((id) => placeOf(core, id, own));
      const codes = range(told.codes, upTo.codes).map((id) => codeOf(core, layout, id));
      const watched = range(told.watched, upTo.watched).flatMap((next) => {
        const one = object(next - 1);
        return one ? [{ id: next - 1, address: one.address.toString(), type: one.type, count: one.count }] : [];
      });
      Object.assign(told, upTo);
      return { codes, places, watched, sampled: undefined };
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

/** The first reference of a sampled object is told of by the core itself, which is not meant. */
function placeOf(core: Core, id: number, own: Module | null) {
  const { code, instruction, native } = core.watch.place(id);
  const isOwn = (at: NativePointer) =>
    own !== null && at.compare(own.base) >= 0 && at.compare(own.base.add(own.size)) < 0;
  const inner = native.findIndex((at) => !isOwn(at));
  return {
    id,
    code: code === 0 ? 0 : firstCode + code,
    instruction,
    native: native.slice(Math.max(0, inner)).map(String),
  };
}

function codeOf(core: Core, layout: Layout, id: number): Batch["codes"][number] {
  const { address, look } = core.watch.code(id);
  try {
    return readCode(firstCode + id, address, layout, look);
  } catch {
    return { id: firstCode + id, function: "?", file: "?", firstLine: 0, lineTable: "" };
  }
}

function patchHandlers({ interpreter, core }: Given): void {
  const plan = handlerSlots(core);
  for (const slot of slotsOf(interpreter.module, plan.wants)) plan.patch(slot, interpreter.module);
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
