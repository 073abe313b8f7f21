// A piece of work in, its result out, done while this thread holds the GIL. Used by recording.ts.
import { exported, type Interpreter, required } from "./interpreter.ts";

export interface Gil {
  /** Blocks until the GIL is free: a C call of the target may hold it for seconds. */
  with<T>(work: () => T): T;
  /** The interpreter has ended or is ending. */
  readonly gone: boolean;
}

/** Undefined while the interpreter is not initialised or already finalizes: PyGILState_Ensure would then end this thread (bpo-20891). */
export function gilOf(interpreter: Interpreter): Gil | undefined {
  const ready = new NativeFunction(required(interpreter, "Py_IsInitialized"), "int", []);
  const finalizing =
    exported(interpreter.module, "Py_IsFinalizing") ?? exported(interpreter.module, "_Py_IsFinalizing");
  const isFinalizing = finalizing ? new NativeFunction(finalizing, "int", []) : () => 0;
  if (ready() === 0 || isFinalizing() !== 0) return undefined;
  const ensure = new NativeFunction(required(interpreter, "PyGILState_Ensure"), "int", []);
  const release = new NativeFunction(required(interpreter, "PyGILState_Release"), "void", ["int"]);
  return {
    get gone() {
      return ready() === 0 || isFinalizing() !== 0;
    },
    with(work) {
      const before = ensure();
      try {
        return work();
      } finally {
        release(before);
      }
    },
  };
}
