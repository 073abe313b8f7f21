// The door table of watch.c in, its functions with types out; each symbol is typed once, here. Next: ../watch.ts.
import type { Look } from "../names.ts";
import { type SampleCore, sampleCoreAt } from "./watch-sample.ts";

/** The table `WatchDoors` of native/watch.h. */
export const watchDoors = {
  watch: 0,
  prepare: 8,
  follow: 16,
  stop: 24,
  settled: 32,
  end: 40,
  module_add: 48,
  modules_done: 56,
  code_copy: 64,
  sigaction: 72,
  signal: 80,
  sample_begin: 88,
  sample_end: 96,
  sample_counts: 104,
} as const;
/** Of `Watch`, `Place`, `Watched`. */
export const watchOffsets = { active: 0, count: 4, code_count: 8, place_count: 12, places: 16, objects: 24 } as const;
export const placeOffsets = { code: 0, instruction: 4, depth: 8, native: 16, size: 208 } as const;
export const watchedOffsets = { address: 0, size: 8, first: 16, last: 24, type: 36 } as const;
/** sizeof(Watched) */
export const watchedBytes = 104;
/** `WatchTarget`: one 64-bit word each, in order. */
export const watchTargetWords = [
  "code_bytes",
  "code_name",
  "code_file",
  "code_first_line",
  "code_table",
  "bytes_data",
  "most_files",
  "sigaction",
  "signal",
] as const;
type Words = Readonly<Record<(typeof watchTargetWords)[number], NativePointer | number>>;

/** Where a change happened; `code` is the number of a copy, 0 none. */
export interface RawPlace {
  readonly code: number;
  readonly instruction: number;
  readonly native: readonly NativePointer[];
}

export interface WatchCore {
  readonly active: boolean;
  /** False when there is no memory for the tables. */
  prepare(words: Words): boolean;
  /** Under the GIL. 0, else the number of an error of the kernel: `stop` and `end` are due then as well. */
  follow(address: NativePointer, size: number): number;
  stop(): void;
  /** After `stop`: whether every hit has been told of. */
  settled(): boolean;
  end(): void;
  /** How many are followed or were. */
  readonly count: number;
  /** Address of its count, and the number of its type as `Core` numbers them. */
  object(id: number): { readonly address: NativePointer; readonly type: number };
  readonly sample: SampleCore;
  /** All modules there are; their unwind tables lead from frame to frame. */
  learn(modules: readonly Module[]): void;
  readonly codeCount: number;
  readonly placeCount: number;
  place(id: number): RawPlace;
  /** What was copied of a code object, and where that was. */
  code(id: number): { readonly address: NativePointer; readonly look: Look };
  /** By symbol. */
  readonly wrappers: { readonly sigaction: NativePointer; readonly signal: NativePointer };
}

const pieces = 4;
const pieceHead = 16;

export function watchCoreAt(doors: NativePointer): WatchCore {
  const at = (name: keyof typeof watchDoors) => doors.add(watchDoors[name]).readPointer();
  const word = (name: keyof typeof watchOffsets) => at("watch").add(watchOffsets[name]);
  const prepare = new NativeFunction(at("prepare"), "int", ["pointer"]);
  const follow = new NativeFunction(at("follow"), "int64", ["uint64", "uint64"]);
  const stop = new NativeFunction(at("stop"), "void", []);
  const settled = new NativeFunction(at("settled"), "int", []);
  const end = new NativeFunction(at("end"), "void", []);
  const addModule = new NativeFunction(at("module_add"), "void", ["pointer", "uint64"]);
  const modulesDone = new NativeFunction(at("modules_done"), "void", []);
  const copyOf = new NativeFunction(at("code_copy"), "pointer", ["uint"]);
  return {
    get active() {
      return word("active").readU32() !== 0;
    },
    prepare(words) {
      const memory = Memory.alloc(watchTargetWords.length * 8);
      watchTargetWords.forEach((name, i) => {
        const value = words[name];
        memory.add(i * 8).writePointer(typeof value === "number" ? ptr(value) : value);
      });
      return prepare(memory) !== 0;
    },
    follow: (address, size) => -follow(uint64(address.toString()), size).toNumber(),
    stop: () => void stop(),
    settled: () => settled() !== 0,
    end: () => void end(),
    get count() {
      return word("count").readU32();
    },
    object(id) {
      const object = word("objects").add(id * watchedBytes);
      return {
        address: object.add(watchedOffsets.address).readPointer(),
        type: object.add(watchedOffsets.type).readU32(),
      };
    },
    sample: sampleCoreAt(at("sample_begin"), at("sample_end"), at("sample_counts")),
    learn(modules) {
      for (const { base, size } of modules) addModule(base, size);
      modulesDone();
    },
    get codeCount() {
      return word("code_count").readU32();
    },
    get placeCount() {
      return word("place_count").readU32();
    },
    place: (id) =>
      placeAt(
        word("places")
          .readPointer()
          .add(id * placeOffsets.size),
      ),
    code: (id) => copied(copyOf(id)),
    wrappers: { sigaction: at("sigaction"), signal: at("signal") },
  };
}

function placeAt(place: NativePointer): RawPlace {
  const word = (name: "code" | "instruction" | "depth") => place.add(placeOffsets[name]).readU32();
  const native = Array.from({ length: word("depth") }, (_, i) => place.add(placeOffsets.native + i * 8).readPointer());
  return { code: word("code"), instruction: word("instruction"), native };
}

/** Address and length, then the bytes; the code object itself is the first. */
function copied(first: NativePointer): { address: NativePointer; look: Look } {
  const found: { readonly from: NativePointer; readonly length: number; readonly bytes: NativePointer }[] = [];
  let at = first;
  for (let i = 0; i < pieces; i++) {
    const length = at.add(8).readU64().toNumber();
    found.push({ from: at.readPointer(), length, bytes: at.add(pieceHead) });
    at = at.add(pieceHead + 8 * Math.ceil(length / 8));
  }
  const look: Look = (wanted, bytes) => {
    const piece = found.find(({ from, length }) => wanted.compare(from) >= 0 && wanted.compare(from.add(length)) < 0);
    if (piece === undefined) return new ArrayBuffer(0);
    const skipped = wanted.sub(piece.from).toUInt32();
    return piece.bytes.add(skipped).readByteArray(Math.min(bytes, piece.length - skipped)) ?? new ArrayBuffer(0);
  };
  return { address: first.readPointer(), look };
}
