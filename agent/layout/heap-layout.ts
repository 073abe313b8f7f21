// A CPython version in, the byte offsets that a walk of its heap needs out. What _Py_DebugOffsets tells of the running process (3.13 and later) goes
// before what the headers said. Next: ../heap-target.ts.
import { heapLayouts } from "./generated-heap.ts";
import { debugOffsets, minorVersion } from "./layout.ts";

/** Offsets and sizes by name, as heap-offsets.c prints them; one that is not there does not exist in that version. */
export type HeapLayout = Readonly<Record<string, number>>;

const told: Readonly<Record<string, string>> = {
  interpreterCollector: "interpreter_state.gc",
  interpreterBytes: "interpreter_state.size",
  interpreterModules: "interpreter_state.imports_modules",
  interpreterSysDict: "interpreter_state.sysdict",
  interpreterBuiltins: "interpreter_state.builtins",
  interpreterThreads: "interpreter_state.threads_head",
  runtimeBytes: "runtime_state.size",
  threadBytes: "thread_state.size",
  threadNext: "thread_state.next",
  threadId: "thread_state.thread_id",
  threadNativeId: "thread_state.native_thread_id",
  frameLocals: "interpreter_frame.localsplus",
  codeLocalNames: "code_object.localsplusnames",
  dictKeys: "dict_object.ma_keys",
  dictValues: "dict_object.ma_values",
  listItems: "list_object.ob_item",
  tupleItems: "tuple_object.ob_item",
};

export function heapLayoutOf(versionHex: number, runtime: NativePointer): HeapLayout | undefined {
  const known = Object.entries(heapLayouts).find(([version]) => version === minorVersion(versionHex))?.[1];
  if (known === undefined) return undefined;
  const words = debugOffsets(versionHex, runtime);
  const newer = Object.entries(told).flatMap(([name, word]) => {
    const value = words[word];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...known, ...Object.fromEntries(newer) };
}
