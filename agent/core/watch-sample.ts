// The doors of watch-sample.c in, their functions with types out. Used by watch.ts; next: ../watch-sample.ts.

/** `SampleTarget` of native/watch.h: one 64-bit word each, in order. */
export const sampleTargetWords = [
  "objects",
  "line",
  "type",
  "file",
  "function",
  "type_length",
  "file_length",
  "function_length",
  "name_of_type",
  "line_of",
] as const;

export interface SampleWords {
  readonly objects: number;
  /** 0: any; so for texts that are empty. */
  readonly line: number;
  readonly type: string;
  readonly file: string;
  readonly function: string;
  readonly nameOfType: number;
  readonly lineOf: NativePointer;
}
export interface SampleCore {
  /** Under the GIL. 0, else the number of an error of the kernel. */
  begin(words: SampleWords): number;
  /** Under the GIL. */
  end(): void;
  counts(): { readonly made: number; readonly missed: number };
}

export function sampleCoreAt(begin: NativePointer, end: NativePointer, counts: NativePointer): SampleCore {
  const call = new NativeFunction(begin, "int64", ["pointer"]);
  const finish = new NativeFunction(end, "void", []);
  const count = new NativeFunction(counts, "void", ["pointer"]);
  const scratch = Memory.alloc(16);
  return {
    begin(words) {
      const [type, file, name] = [bytesOf(words.type), pointsOf(words.file), pointsOf(words.function)];
      const values: Readonly<Record<(typeof sampleTargetWords)[number], NativePointer | number>> = {
        objects: words.objects,
        line: words.line,
        type: type.memory,
        file: file.memory,
        function: name.memory,
        type_length: type.length,
        file_length: file.length,
        function_length: name.length,
        name_of_type: words.nameOfType,
        line_of: words.lineOf,
      };
      const memory = Memory.alloc(sampleTargetWords.length * 8);
      sampleTargetWords.forEach((word, i) => {
        const value = values[word];
        memory.add(i * 8).writePointer(typeof value === "number" ? ptr(value) : value);
      });
      return -call(memory).toNumber();
    },
    end: () => void finish(),
    counts() {
      count(scratch);
      return { made: scratch.readU64().toNumber(), missed: scratch.add(8).readU64().toNumber() };
    },
  };
}

interface Copied {
  readonly memory: NativePointer;
  readonly length: number;
}

/** UTF-8, without the end mark. */
function bytesOf(text: string): Copied {
  const memory = Memory.allocUtf8String(text);
  let length = 0;
  while (memory.add(length).readU8() !== 0) length++;
  return { memory, length };
}

function pointsOf(text: string): Copied {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const memory = Memory.alloc(Math.max(4, points.length * 4));
  points.forEach((point, i) => void memory.add(i * 4).writeU32(point));
  return { memory, length: points.length };
}
