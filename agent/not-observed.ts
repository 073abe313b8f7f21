// An interpreter in, the sentences about what cannot be seen in it out; they end in `recording.notObserved`. Next: recording.ts.
import { creationEventsOf } from "./creation.ts";
import type { Interpreter } from "./interpreter.ts";

export function notObserved(interpreter: Interpreter): readonly string[] {
  const events = creationEventsOf(interpreter);
  const before =
    "Objects that existed before attaching have no allocation site; only what was allocated since is counted.";
  const inferred =
    "This build inlines the creation of objects: types of new blocks are read from memory, and objects that reuse a block of a free list are counted only where an exported function hands them out.";
  const kept =
    "Up to CPython 3.12 a freed tuple, list, dict or float that waits on a free list still counts as live (at most some thousands).";
  const jit = "With PYTHON_JIT=1, lines of jitted code can be off.";
  return [
    before,
    ...(events === "inferred" ? [inferred] : []),
    ...(events === "tracer" ? [] : [kept]),
    ...(interpreter.versionHex >= 0x030d0000 ? [jit] : []),
  ];
}
