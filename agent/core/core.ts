// A door table in, the core's functions with types out; each symbol is typed once, here. Next: ../recording.ts.

import { monotonic } from "../libc.ts";
import { type AuditCore, auditCoreAt } from "./audit.ts";
import { type ErrorCore, errorCoreAt, type GilCore, gilCoreAt, readerAt, words } from "./events.ts";
import { type HeapCore, heapCoreAt } from "./heap.ts";
import { codePatchBytes, coreOffsets, firstErrorPatch, libcFunctions, stateOffsets } from "./structs.ts";
import { type WatchCore, watchCoreAt } from "./watch.ts";

export interface Core {
  readonly armed: boolean;
  readonly forked: boolean;
  /** CLOCK_MONOTONIC nanoseconds of the last drain. */
  readonly drainedAt: number;
  readonly codeCount: number;
  readonly typeCount: number;
  codeAt(id: number): NativePointer;
  typeAt(id: number): NativePointer;
  /** False when there is no memory for the tables. */
  prepare(target: NativePointer): boolean;
  /** Under the GIL, as the next three. False when another tool's allocator stands between ours and CPython. */
  arm(): boolean;
  /** False when another tool's allocator wraps ours, which then stays and passes through. */
  disarm(): boolean;
  letGo(): void;
  /** How many parts `settle` can be asked for. */
  readonly regions: number;
  /** Counts objects on free lists in one part of the heap as freed; some milliseconds at most. */
  settle(region: number): void;
  /** Puts back what a parent's or a lost agent's recording left. */
  repair(): void;
  readonly forkHandler: NativePointer;
  readonly gil: GilCore;
  readonly errors: ErrorCore;
  readonly watch: WatchCore;
  readonly audit: AuditCore;
  readonly heap: HeapCore;
  /** CLOCK_MONOTONIC nanoseconds. */
  now(): number;
  /** What is mapped of it; never faults. */
  read(address: NativePointer, bytes: number): ArrayBuffer;
  noteCodePatch(
    index: number,
    address: NativePointer,
    original: NativePointer,
    before: ArrayBuffer,
    after: ArrayBuffer,
  ): void;
  forgetCodePatch(index: number): void;
  /** Bytes written to `buffer`, and whether it was too small for everything. */
  drain(buffer: NativePointer, capacity: number, last: boolean): { readonly bytes: number; readonly more: boolean };
  totals(): { readonly allocations: number; readonly frees: number; readonly holds: number; readonly errors: number };
  patchSlot(slot: NativePointer, wrapper: NativePointer, readOnly: boolean): boolean;
  /** Remembers where CPython keeps the table of `domain`, for forked children. */
  findAllocator(from: NativePointer, to: NativePointer, domain: number): boolean;
  /** Wrapper of a function whose code is replaced, by the index of its patch. */
  codeWrapper(index: number): NativePointer;
  /** Wrapper of a function of the malloc family by its C name. */
  mallocWrapper(name: keyof typeof libcFunctions): NativePointer;
}

export function coreAt(door: NativePointer): Core {
  const at = (name: keyof typeof coreOffsets) => door.add(coreOffsets[name]).readPointer();
  const state = at("state");
  const word = (name: keyof typeof stateOffsets) => state.add(stateOffsets[name]);
  const prepare = new NativeFunction(at("prepare"), "int", ["pointer"]);
  const arm = new NativeFunction(at("arm"), "int", []);
  const disarm = new NativeFunction(at("disarm"), "int", []);
  const letGo = new NativeFunction(at("let_go"), "void", []);
  const repair = new NativeFunction(at("repair"), "void", []);
  const settle = new NativeFunction(at("settle_region"), "void", ["uint"]);
  const note = new NativeFunction(at("note_code_patch"), "void", ["uint", "pointer", "pointer", "pointer", "pointer"]);
  const drain = new NativeFunction(at("drain"), "uint64", ["pointer", "uint64", "uint", "pointer"]);
  const totals = new NativeFunction(at("totals"), "void", ["pointer"]);
  const patch = new NativeFunction(at("got_patch"), "int", ["pointer", "pointer", "uint"]);
  const find = new NativeFunction(at("allocators_find"), "pointer", ["pointer", "pointer", "int"]);
  const scratch = Memory.alloc(2 * codePatchBytes);
  return {
    get armed() {
      return word("armed").readU32() !== 0;
    },
    get forked() {
      return word("forked").readU32() !== 0;
    },
    get drainedAt() {
      return word("drained_at").readU64().toNumber();
    },
    get codeCount() {
      return word("code_count").readU32();
    },
    get typeCount() {
      return word("type_count").readU32();
    },
    codeAt: (id) =>
      word("codes")
        .readPointer()
        .add(id * 8)
        .readPointer(),
    typeAt: (id) =>
      word("types")
        .readPointer()
        .add(id * 8)
        .readPointer(),
    prepare: (target) => prepare(target) !== 0,
    arm: () => arm() !== 0,
    disarm: () => disarm() !== 0,
    letGo: () => void letGo(),
    get regions() {
      return word("region_count").readU32();
    },
    settle: (region) => void settle(region),
    repair: () => void repair(),
    forkHandler: at("in_child"),
    noteCodePatch(index, address, original, before, after) {
      scratch.writeByteArray(before);
      scratch.add(codePatchBytes).writeByteArray(after);
      note(index, address, original, scratch, scratch.add(codePatchBytes));
    },
    forgetCodePatch: (index) => void note(index, NULL, NULL, scratch, scratch),
    drain(buffer, capacity, last) {
      const bytes = drain(buffer, capacity, last ? 1 : 0, scratch);
      return { bytes: bytes.toNumber(), more: scratch.readU32() !== 0 };
    },
    totals() {
      totals(scratch);
      const [allocations = 0, frees = 0, holds = 0, errors = 0] = words(scratch, 4);
      return { allocations, frees, holds, errors };
    },
    patchSlot: (slot, wrapper, readOnly) => patch(slot, wrapper, readOnly ? 1 : 0) !== 0,
    findAllocator(from, to, domain) {
      const found = find(from, to, domain);
      if (!found.isNull())
        word("allocator_slots")
          .add(domain * 8)
          .writePointer(found);
      return !found.isNull();
    },
    gil: gilCoreAt(at),
    errors: errorCoreAt(at),
    watch: watchCoreAt(at("watch")),
    audit: auditCoreAt(at("audit")),
    heap: heapCoreAt(at("heap")),
    now: monotonic,
    read: readerAt(at("read")),
    codeWrapper: (index) =>
      (index < firstErrorPatch ? at("creation_wrappers") : at("error_wrappers").sub(firstErrorPatch * 8))
        .add(index * 8)
        .readPointer(),
    mallocWrapper: (name) =>
      at("got_wrappers")
        .add(Object.keys(libcFunctions).indexOf(name) * 8)
        .readPointer(),
  };
}
