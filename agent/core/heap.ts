// The door table of heap-child.c in, its functions with types out; each symbol is typed once, here. Next: ../heap.ts.

/** The table `HeapDoors` of native/heap.h. */
export const heapDoors = { begin: 0, read: 8, reap: 16, kill: 24, end: 32 } as const;
/** `HeapProgress`. */
export const heapProgressOffsets = {
  objects: 0,
  edges: 8,
  bytes: 16,
  nanoseconds: 24,
  failed: 32,
  done: 40,
  loose_left_out: 48,
  pools: 56,
} as const;
/** `HEAP_…`, in order. */
export const heapFailures = [
  "",
  "it found no memory for its tables",
  "the lists of the garbage collector are not where they should be",
  "it took too long",
  "nobody read what it wrote",
] as const;
/** `HeapTarget`: one 64-bit word each, in order. */
export const heapTargetWords = [
  "collector",
  "collector_generations",
  "collector_permanent",
  "generation_bytes",
  "interpreter_bytes",
  "runtime_bytes",
  "thread_bytes",
  "interpreter_modules",
  "interpreter_sys_dict",
  "interpreter_builtins",
  "interpreter_threads",
  "thread_next",
  "thread_id",
  "thread_native_id",
  "type_name",
  "type_traverse",
  "type_is_gc",
  "type_members",
  "type_base",
  "type_dict",
  "type_bases",
  "type_mro",
  "type_cached_keys",
  "type_subclasses",
  "type_own_name",
  "type_qualified_name",
  "type_slots",
  "member_type",
  "member_offset",
  "member_bytes",
  "dict_keys",
  "dict_values",
  "keys_entry_count",
  "keys_indices",
  "keys_size",
  "keys_log_size",
  "keys_log_index_bytes",
  "keys_kind",
  "values_first",
  "values_embedded",
  "values_valid",
  "list_items",
  "list_allocated",
  "tuple_items",
  "cell_contents",
  "set_mask",
  "set_table",
  "set_small_table",
  "code_name",
  "code_file",
  "code_first_line",
  "code_line_table",
  "code_stack_size",
  "code_local_names",
  "code_local_kinds",
  "code_local_count",
  "code_cell_names",
  "code_free_names",
  "frame_locals",
  "frame_function",
  "frame_dict",
  "frame_object",
  "bytes_data",
  "dict_type",
  "list_type",
  "tuple_type",
  "cell_type",
  "code_type",
  "frame_type",
  "module_type",
  "set_type",
  "frozen_set_type",
  "float_type",
  "image_start",
  "image_end",
  "names",
  "deadline",
  "most_loose",
  "ordered_dict_type",
  "interpreters",
  "padded",
] as const;
export type HeapTargetWord = (typeof heapTargetWords)[number];

export interface HeapProgress {
  readonly objects: number;
  readonly edges: number;
  readonly seconds: number;
  /** Why it ended early, as a number of `heapFailures`. */
  readonly failed: number;
  readonly done: boolean;
  readonly looseLeftOut: number;
  readonly pools: number;
}

export interface HeapCore {
  /** Under the GIL. The child's pid, or the number of an error of the kernel, negative. */
  begin(target: NativePointer): number;
  /** What there is to read after at most so many milliseconds, 0 for nothing yet, -1 at the end. */
  read(buffer: NativePointer, capacity: number, milliseconds: number): number;
  /** How the child ended, as waitpid says it; undefined while it runs. */
  reap(): number | undefined;
  kill(): void;
  /** Gives back what `begin` took. */
  end(): void;
  progress(): HeapProgress;
}

export function heapCoreAt(doors: NativePointer): HeapCore {
  const at = (name: keyof typeof heapDoors) => doors.add(heapDoors[name]).readPointer();
  const begin = new NativeFunction(at("begin"), "int64", ["pointer", "pointer"]);
  const read = new NativeFunction(at("read"), "int64", ["pointer", "uint64", "uint64"]);
  const reap = new NativeFunction(at("reap"), "int64", ["pointer"]);
  const kill = new NativeFunction(at("kill"), "void", []);
  const end = new NativeFunction(at("end"), "void", []);
  const page = Memory.alloc(8);
  const status = Memory.alloc(4);
  const word = (name: keyof typeof heapProgressOffsets) =>
    page.readPointer().add(heapProgressOffsets[name]).readU64().toNumber();
  return {
    begin: (target) => begin(target, page).toNumber(),
    read: (buffer, capacity, milliseconds) => read(buffer, capacity, milliseconds).toNumber(),
    reap: () => (reap(status).toNumber() === 0 ? undefined : status.readU32()),
    kill: () => void kill(),
    end: () => void end(),
    progress: () => ({
      objects: word("objects"),
      edges: word("edges"),
      seconds: word("nanoseconds") / 1e9,
      failed: word("failed"),
      done: word("done") !== 0,
      looseLeftOut: word("loose_left_out"),
      pools: word("pools"),
    }),
  };
}
