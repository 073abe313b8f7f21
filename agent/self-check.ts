// An interpreter and its table of offsets in, what contradicts the running process out, or undefined when all agrees. Under the GIL. Next: recording.ts refuses or goes on.
import { gilContradiction } from "./gil-slots.ts";
import { exported, type Interpreter, required } from "./interpreter.ts";
import type { Layout } from "./layout/layout.ts";

/** Enough to meet code objects of several kinds, few enough to be done in a fraction of a millisecond. */
const framesPerThread = 20;
const threadsAtMost = 50;

export function contradiction(
  interpreter: Interpreter,
  layout: Layout,
  collect: { readonly gil: boolean },
): string | undefined {
  const thread = new NativeFunction(required(interpreter, "PyThreadState_Get"), "pointer", [])();
  return (
    laterRuntime(interpreter) ??
    currentThread(interpreter, layout, thread) ??
    tupleType(interpreter, layout) ??
    allFrames(interpreter, layout, thread) ??
    (collect.gil ? gilContradiction(interpreter, layout) : undefined)
  );
}

/** "xdebugpy", the first bytes of _PyRuntime from 3.13 on (PEP 768). */
const debugCookie = uint64("0x7970677562656478");

function laterRuntime({ runtime, versionHex }: Interpreter): string | undefined {
  const later = versionHex < 0x030d0000 && runtime.readU64().equals(debugCookie);
  return later ? "its _PyRuntime is that of CPython 3.13 or later" : undefined;
}

function currentThread(interpreter: Interpreter, layout: Layout, thread: NativePointer): string | undefined {
  if (layout.runtimeCurrentThread !== undefined) {
    const said = interpreter.runtime.add(layout.runtimeCurrentThread).readPointer();
    return said.equals(thread) ? undefined : "the running thread is not where _PyRuntime should tell it";
  }
  const main = new NativeFunction(required(interpreter, "PyInterpreterState_Main"), "pointer", [])();
  return thread.add(layout.threadInterpreter).readPointer().equals(main)
    ? undefined
    : "a thread state does not lead to its interpreter";
}

function tupleType(interpreter: Interpreter, layout: Layout): string | undefined {
  const tuple = required(interpreter, "PyTuple_Type");
  const name = tuple.add(layout.typeName).readPointer().readUtf8String();
  const itemSize = tuple.add(layout.typeItemSize).readU64().toNumber();
  return name === "tuple" && itemSize === Process.pointerSize
    ? undefined
    : "the type object of tuple has another shape";
}

function allFrames(interpreter: Interpreter, layout: Layout, self: NativePointer): string | undefined {
  const next = new NativeFunction(required(interpreter, "PyThreadState_Next"), "pointer", ["pointer"]);
  const interpreterOf = self.add(layout.threadInterpreter).readPointer();
  let thread = new NativeFunction(required(interpreter, "PyInterpreterState_ThreadHead"), "pointer", ["pointer"])(
    interpreterOf,
  );
  for (let seen = 0; !thread.isNull() && seen < threadsAtMost; seen++) {
    if (!framesAreCode(interpreter, layout, thread)) return "a thread's frames do not lead to code objects";
    thread = next(thread);
  }
  return undefined;
}

function framesAreCode(interpreter: Interpreter, layout: Layout, thread: NativePointer): boolean {
  const codeType = exported(interpreter.module, "PyCode_Type");
  let frame = thread.add(layout.threadFrame).readPointer();
  if (layout.cframeCurrent !== undefined && !frame.isNull()) frame = frame.add(layout.cframeCurrent).readPointer();
  for (let depth = 0; !frame.isNull() && depth < framesPerThread; depth++) {
    const ownedByC =
      interpreter.versionHex >= 0x030c0000 &&
      layout.frameOwner !== undefined &&
      frame.add(layout.frameOwner).readU8() >= 3;
    const code = frame.add(layout.frameCode).readPointer().and(ptr(3).not());
    if (!ownedByC && codeType !== null && !code.add(layout.objectType).readPointer().equals(codeType)) return false;
    frame = frame.add(layout.frameBack).readPointer();
  }
  return true;
}
