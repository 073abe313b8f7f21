// An interpreter and a wish in, the core's `HeapTarget` filled out. Used by heap.ts.
import type { HeapRequest } from "../shared/heap-protocol.ts";
import { type HeapTargetWord, heapTargetWords } from "./core/heap.ts";
import { exported, type Interpreter, interpreters, required } from "./interpreter.ts";
import type { HeapLayout } from "./layout/heap-layout.ts";
import type { Layout } from "./layout/layout.ts";

/** Blocks that are no object's are told up to here, then counted. */
const mostLoose = 1_000_000;

type Words = Partial<Readonly<Record<HeapTargetWord, NativePointer | number>>>;

/** A `HeapTarget` in memory, for the caller to keep. */
export function fillHeapTarget(
  interpreter: Interpreter,
  layout: Layout,
  heap: HeapLayout,
  request: HeapRequest,
): NativePointer {
  const words: Words = { ...offsets(layout, heap), ...addresses(interpreter, heap), ...limits(request) };
  const memory = Memory.alloc(heapTargetWords.length * 8);
  heapTargetWords.forEach((name, i) => {
    const value = words[name] ?? heap[camel(name)] ?? 0;
    memory.add(i * 8).writePointer(typeof value === "number" ? ptr(value) : value);
  });
  return memory;
}

/** What is not said otherwise has the name that heap-offsets.c gives it. */
const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const offsets = (layout: Layout, heap: HeapLayout): Words => ({
  type_name: layout.typeName,
  tuple_items: layout.tupleItems,
  code_name: layout.codeQualname ?? layout.codeName,
  code_file: layout.codeFilename,
  code_first_line: layout.codeFirstLine,
  code_line_table: layout.codeLineTable,
  bytes_data: layout.bytesData,
  thread_native_id: heap["threadNativeId"] ?? 0,
});

function addresses(interpreter: Interpreter, heap: HeapLayout): Words {
  const main = new NativeFunction(required(interpreter, "PyInterpreterState_Main"), "pointer", [])();
  const { runtimeCollector, interpreterCollector = 0 } = heap;
  const type = (name: string) => required(interpreter, name);
  const { base, size } = interpreter.module;
  return {
    collector:
      runtimeCollector === undefined ? main.add(interpreterCollector) : interpreter.runtime.add(runtimeCollector),
    dict_type: type("PyDict_Type"),
    list_type: type("PyList_Type"),
    tuple_type: type("PyTuple_Type"),
    cell_type: type("PyCell_Type"),
    code_type: type("PyCode_Type"),
    frame_type: exported(interpreter.module, "PyFrame_Type") ?? NULL,
    module_type: type("PyModule_Type"),
    set_type: type("PySet_Type"),
    frozen_set_type: type("PyFrozenSet_Type"),
    float_type: type("PyFloat_Type"),
    ordered_dict_type: type("PyODict_Type"),
    interpreters: interpreters(interpreter).length,
    padded: interpreter.debug ? 1 : 0,
    image_start: base,
    image_end: base.add(size),
  };
}

const limits = ({ names, deadlineMs }: HeapRequest): Words => ({
  names: names ? 1 : 0,
  deadline: Math.round(deadlineMs * 1e6),
  most_loose: mostLoose,
});
