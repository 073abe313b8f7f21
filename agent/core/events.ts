// The doors to what gil.c, errors.c and calls.c keep in, functions with types out. Used by core.ts.
import { deepestStack } from "../../shared/agent-protocol.ts";
import { type coreOffsets, mostCalls } from "./structs.ts";

export type DoorAt = (name: keyof typeof coreOffsets) => NativePointer;

/** The newest hold as it is at this moment. */
export interface PeekedHold {
  readonly hold: number;
  readonly thread: number;
  readonly milliseconds: number;
  readonly state: NativePointer;
}

export interface PeekedFrame {
  readonly frame: NativePointer;
  readonly code: NativePointer;
  readonly instruction: number;
}

export interface GilCore {
  /** Undefined while nobody holds it. */
  peek(): PeekedHold | undefined;
  /** Holds that wait to be drained, as of the last `peek`. */
  readonly waiting: number;
  /** Kernel's id of a thread; 0 when there is none of that number. */
  thread(id: number): number;
  /** Innermost first; of a thread that runs meanwhile. */
  frames(state: NativePointer): readonly PeekedFrame[];
  /** By the order of `gilFunctions` in ../gil-slots.ts. */
  wrapper(index: number): NativePointer;
}

export interface ErrorCore {
  noteExtension(from: NativePointer, to: NativePointer): void;
  /** Keys are 1 to this. */
  readonly keyCount: number;
  /** Number of the newest raise while it is not counted yet; 0: there is none. */
  readonly waiting: number;
  /** Counts it; under the GIL. */
  commit(): void;
  /** Of the first error of a key; undefined when there was no text. */
  message(key: number): string | undefined;
  /** The stub that counts what goes through a slot, by number and address; undefined when none is left. */
  stub(
    slot: NativePointer,
    target: NativePointer,
  ): { readonly id: number; readonly address: NativePointer } | undefined;
}

export const words = (at: NativePointer, length: number): readonly number[] =>
  Array.from({ length }, (_, i) =>
    at
      .add(i * 8)
      .readU64()
      .toNumber(),
  );

const stepBytes = 24;

export function gilCoreAt(at: DoorAt): GilCore {
  const peek = new NativeFunction(at("gil_peek"), "uint64", ["pointer"]);
  const thread = new NativeFunction(at("gil_thread"), "uint", ["uint"]);
  const frames = new NativeFunction(at("peek_frames"), "uint64", ["pointer", "pointer", "uint64"]);
  const scratch = Memory.alloc(deepestStack * stepBytes);
  let waiting = 0;
  return {
    peek() {
      const held = peek(scratch).toNumber() !== 0;
      const [hold = 0, id = 0, nanoseconds = 0, , inRing = 0] = words(scratch, 5);
      waiting = inRing;
      if (!held) return undefined;
      return { hold, thread: id, milliseconds: nanoseconds / 1e6, state: scratch.add(24).readPointer() };
    },
    get waiting() {
      return waiting;
    },
    thread: (id) => thread(id),
    frames(state) {
      const length = frames(state, scratch, deepestStack).toNumber();
      return Array.from({ length }, (_, i) => {
        const step = scratch.add(i * stepBytes);
        return {
          frame: step.readPointer(),
          code: step.add(8).readPointer(),
          instruction: step.add(16).readU64().toNumber(),
        };
      });
    },
    wrapper: (index) =>
      at("gil_wrappers")
        .add(index * 8)
        .readPointer(),
  };
}

const messageBytes = 256;

export function errorCoreAt(at: DoorAt): ErrorCore {
  const note = new NativeFunction(at("extension_note"), "void", ["pointer", "pointer"]);
  const message = new NativeFunction(at("error_message"), "uint64", ["uint", "pointer"]);
  const stub = new NativeFunction(at("call_stub"), "uint", ["pointer", "pointer"]);
  const stubAddress = new NativeFunction(at("call_stub_address"), "pointer", ["uint"]);
  const keys = new NativeFunction(at("error_keys"), "uint", []);
  const waiting = new NativeFunction(at("error_waiting"), "uint64", []);
  const commit = new NativeFunction(at("errors_commit"), "void", []);
  const scratch = Memory.alloc(messageBytes);
  return {
    get keyCount() {
      return keys();
    },
    get waiting() {
      return waiting().toNumber();
    },
    commit: () => void commit(),
    noteExtension: (from, to) => void note(from, to),
    message(key) {
      const length = message(key, scratch).toNumber();
      return length === 0 ? undefined : (scratch.readUtf8String(length) ?? undefined);
    },
    stub(slot, target) {
      const id = stub(slot, target);
      return id < mostCalls ? { id, address: stubAddress(id) } : undefined;
    },
  };
}

export function readerAt(door: NativePointer): (address: NativePointer, bytes: number) => ArrayBuffer {
  const read = new NativeFunction(door, "uint64", ["pointer", "pointer", "uint64"]);
  return (address, bytes) => {
    const buffer = Memory.alloc(Math.max(1, bytes));
    const got = read(address, buffer, bytes).toNumber();
    return buffer.readByteArray(got) ?? new ArrayBuffer(0);
  };
}
