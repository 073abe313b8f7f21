// An interpreter in, the core's `Target` filled out, checked against the running process. Next: recording.ts hands it to the core.
import { collectBits, libcFunctions, type TargetWord, targetWords } from "./core/structs.ts";
import type { Gil } from "./gil.ts";
import { exported, type Interpreter, required } from "./interpreter.ts";
import { type Layout, minorVersion } from "./layout/layout.ts";
import { global } from "./libc.ts";
import { errorWords, gilWords } from "./target-events.ts";
import { currentThreadOffset } from "./thread-local.ts";

type Value = NativePointer | number;

export interface TargetOptions {
  readonly frames: number;
  readonly inferTypes: boolean;
  readonly collect: {
    readonly lifecycle: boolean;
    readonly gil: boolean;
    readonly errors: boolean;
    readonly watch: boolean;
    readonly audit: boolean;
    readonly sample: boolean;
  };
  readonly errors: { readonly messages: boolean; readonly details: boolean };
}

/** A `Target` in memory; the caller keeps it until the core has copied it. */
export function fillTarget(interpreter: Interpreter, layout: Layout, gil: Gil, options: TargetOptions): NativePointer {
  const values: Readonly<Record<TargetWord, Value>> = {
    ...offsets(interpreter, layout),
    ...functions(interpreter, layout, gil),
    frames: options.frames,
    infer_types: options.inferTypes ? 1 : 0,
    collect: Object.entries(collectBits).reduce((bits, [name, bit]) => bits + (wants(options, name) ? bit : 0), 0),
    ...gilWords(interpreter, layout),
    ...errorWords(interpreter, layout, options.errors),
  };
  const libc = Object.values(libcFunctions).map((name) => global(name) ?? NULL);
  const words: readonly Value[] = [...targetWords.map((name) => values[name]), ...libc];
  const memory = Memory.alloc(words.length * 8);
  words.forEach(
    (value, index) => void memory.add(index * 8).writePointer(typeof value === "number" ? ptr(value) : value),
  );
  return memory;
}

const wants = ({ collect }: TargetOptions, name: string): boolean =>
  Object.entries(collect).some(([kind, wanted]) => kind === name && wanted);

const flag = (offset: number | undefined): number => (offset === undefined ? 0 : 1);

function offsets({ versionHex, runtime }: Interpreter, layout: Layout) {
  return {
    version: versionHex >>> 16,
    runtime,
    finalizing: runtime.add(layout.runtimeFinalizing),
    runtime_current_thread: layout.runtimeCurrentThread ?? 0,
    thread_interpreter: layout.threadInterpreter,
    thread_frame: layout.threadFrame,
    cframe_current: layout.cframeCurrent ?? 0,
    has_cframe: flag(layout.cframeCurrent),
    frame_back: layout.frameBack,
    frame_code: layout.frameCode,
    frame_instruction: layout.frameInstruction,
    frame_owner: layout.frameOwner ?? 0,
    // 3.11 has an owner byte but no frames of the C stack (Include/internal/pycore_frame.h).
    has_owner: versionHex >= 0x030c0000 ? 1 : 0,
    instruction_is_pointer: flag(layout.codeStart),
    // f_lasti counts 16-bit units in 3.10, bytes before (Include/cpython/frameobject.h).
    instruction_scale: minorVersion(versionHex) === "3.10" ? 2 : 1,
    code_start: layout.codeStart ?? 0,
    object_type: layout.objectType,
    type_flags: layout.typeFlags,
    type_basic_size: layout.typeBasicSize,
    type_item_size: layout.typeItemSize,
    var_size: layout.varSize,
  };
}

function functions(interpreter: Interpreter, layout: Layout, gil: Gil) {
  const named = (name: string) => required(interpreter, name);
  const tracer = exported(interpreter.module, "PyRefTracer_SetTracer");
  const mainInterpreter = new NativeFunction(named("PyInterpreterState_Main"), "pointer", []);
  const current =
    exported(interpreter.module, "PyThreadState_GetUnchecked") ??
    exported(interpreter.module, "_PyThreadState_UncheckedGet");
  return {
    main_interpreter: mainInterpreter(),
    type_type: named("PyType_Type"),
    // Up to 3.11 the core reads the word in _PyRuntime itself, without a call.
    current_thread: layout.runtimeCurrentThread === undefined && current !== null ? current : NULL,
    current_thread_tls: layout.runtimeCurrentThread === undefined ? (currentThreadOffset(interpreter, gil) ?? 0) : 0,
    this_thread: named("PyGILState_GetThisThreadState"),
    get_allocator: named("PyMem_GetAllocator"),
    set_allocator: named("PyMem_SetAllocator"),
    inc_ref: named("Py_IncRef"),
    dec_ref: named("Py_DecRef"),
    set_tracer: tracer ?? NULL,
    get_tracer: tracer ? named("PyRefTracer_GetTracer") : NULL,
  };
}
