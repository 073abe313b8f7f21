// An interpreter in, the sentences about what cannot be seen in it out; they end in `recording.notObserved`. Next: recording.ts.
import { creationEventsOf } from "./creation.ts";
import { countInterpreters, type Interpreter } from "./interpreter.ts";
import { required } from "./libc.ts";

export function notObserved(interpreter: Interpreter): readonly string[] {
  const events = creationEventsOf(interpreter);
  const before =
    "Objects that existed before attaching have no allocation site; only what was allocated since is counted.";
  const inferred =
    "This build inlines the creation of objects: types of new blocks are read from memory, and objects that reuse a block of a free list are counted only where an exported function hands them out.";
  const buffers =
    "Memory that CPython keeps for itself and uses again (key tables of small dicts, above all) keeps the place where it was first allocated.";
  const kept =
    "Up to CPython 3.12 a freed tuple, list, dict or float that waits on a free list counts as live until the recording ends (at most some thousands).";
  const others =
    "Blocks of interpreters besides the main one are counted by the calling C code, without types and Python frames.";
  const jit = "PYTHON_JIT is on: lines of jitted code can be off.";
  return [
    before,
    buffers,
    ...(events === "inferred" ? [inferred] : []),
    ...(events === "tracer" ? [] : [kept]),
    ...(interpreter.versionHex >= 0x030c0000 && countInterpreters(interpreter) > 1 ? [others] : []),
    ...(jitIsOn() ? [jit] : []),
  ];
}

function jitIsOn(): boolean {
  const value = new NativeFunction(required("getenv"), "pointer", ["pointer"])(Memory.allocUtf8String("PYTHON_JIT"));
  return !value.isNull() && value.readUtf8String() === "1";
}
