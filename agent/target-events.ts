// An interpreter in, the words of the core's `Target` about its GIL and its errors out. Used by target.ts.
import { sizeOfExport } from "./elf-slots.ts";
import { mainGil } from "./gil-slots.ts";
import { exported, type Interpreter, required } from "./interpreter.ts";
import type { Layout } from "./layout/layout.ts";
import { global } from "./libc.ts";
import { threadIdOffset } from "./thread-local.ts";

export function gilWords(interpreter: Interpreter, layout: Layout) {
  const gil = mainGil(interpreter, layout);
  const libc = (name: string) => global(name) ?? NULL;
  return {
    "gil.interval": gil.add(layout.gilInterval),
    "gil.last_holder": gil.add(layout.gilLastHolder),
    "gil.locked": gil.add(layout.gilLocked),
    "gil.switches": gil.add(layout.gilSwitches),
    "gil.mutex": gil.add(layout.gilMutex),
    "gil.cond": gil.add(layout.gilCond),
    "gil.switch_cond": gil.add(layout.gilSwitchCond),
    "gil.thread_id": threadIdOffset() ?? 0,
    "gil.steady": hasSteadyCounter() ? 1 : 0,
    "gil.mutex_lock": libc("pthread_mutex_lock"),
    "gil.cond_signal": libc("pthread_cond_signal"),
    "gil.cond_timedwait": libc("pthread_cond_timedwait"),
    "gil.clock_gettime": libc("clock_gettime"),
  };
}

/** The counter of arm64 is steady by its architecture; that of x86-64 where the kernel says so. */
function hasSteadyCounter(): boolean {
  if (Process.arch === "arm64") return true;
  try {
    const flags = /^flags\s*:(.*)$/m.exec(File.readAllText("/proc/cpuinfo"))?.[1] ?? "";
    return ["constant_tsc", "nonstop_tsc"].every((name) => flags.split(" ").includes(name));
  } catch {
    return false;
  }
}

export function errorWords(
  interpreter: Interpreter,
  layout: Layout,
  tell: { readonly messages: boolean; readonly details: boolean },
) {
  const evaluator = exported(interpreter.module, "_PyEval_EvalFrameDefault");
  return {
    "errors.current": layout.threadError,
    // curexc_type became current_exception in 3.12 (Include/cpython/pystate.h).
    "errors.current_is_type": interpreter.versionHex < 0x030c0000 ? 1 : 0,
    "errors.handled": layout.threadHandled,
    "errors.handled_value": layout.handledValue,
    "errors.handled_before": layout.handledBefore,
    "errors.none": required(interpreter, "_Py_NoneStruct"),
    "errors.evaluator": evaluator ?? NULL,
    "errors.evaluator_end": evaluator === null ? NULL : evaluator.add(sizeOfExport(interpreter.module, evaluator)),
    "errors.messages": tell.messages ? 1 : 0,
    "errors.details": tell.details ? 1 : 0,
    "errors.unicode_type": required(interpreter, "PyUnicode_Type"),
    "errors.unicode_state": layout.unicodeState,
    "errors.unicode_ascii": layout.unicodeAscii,
    "errors.unicode_compact": layout.unicodeCompact,
    "errors.unicode_length": layout.unicodeLength,
    "errors.arguments": layout.exceptionArguments,
    "errors.tuple_items": layout.tupleItems,
    "errors.tuple_size": layout.varSize,
  };
}
