// An interpreter in, the sentences about what cannot be seen in it out; they end in `recording.notObserved`. Next: recording.ts.
import { creationEventsOf } from "./creation.ts";
import { otherGils } from "./gil-slots.ts";
import { type Interpreter, interpreters } from "./interpreter.ts";
import type { Layout } from "./layout/layout.ts";
import { required } from "./libc.ts";

export interface Collected {
  readonly lifecycle: boolean;
  readonly gil: boolean;
  readonly errors: boolean;
}

export const notObserved = (
  interpreter: Interpreter,
  layout: Layout,
  asked: Collected,
  collected: Collected,
): readonly string[] => [
  ...(asked.lifecycle ? ofObjects(interpreter) : []),
  ...(asked.gil ? ofGil(interpreter, layout, collected.gil) : []),
  ...(asked.errors ? ofErrors(interpreter, collected.errors) : []),
  ...(jitIsOn() ? ["PYTHON_JIT is on: lines of jitted code can be off."] : []),
];

function ofObjects(interpreter: Interpreter): readonly string[] {
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
  return [
    before,
    buffers,
    ...(events === "inferred" ? [inferred] : []),
    ...(events === "tracer" ? [] : [kept]),
    ...(severalInterpreters(interpreter) ? [others] : []),
  ];
}

const severalInterpreters = (interpreter: Interpreter): boolean =>
  interpreter.versionHex >= 0x030c0000 && interpreters(interpreter).length > 1;

function ofGil(interpreter: Interpreter, layout: Layout, followed: boolean): readonly string[] {
  if (!followed)
    return [
      "The GIL is not followed: this CPython does not call the C library's locks through pointers that can be replaced.",
    ];
  const others = otherGils(interpreter, layout);
  const own = `${others} other interpreters have a GIL of their own, which is not followed.`;
  return [
    "What the holder ran is read beside it, from half the threshold on; a hold that was over by then, or a stack that changed while it was read, has no frames.",
    ...(others > 0 ? [own] : []),
  ];
}

function ofErrors(interpreter: Interpreter, followed: boolean): readonly string[] {
  if (!followed)
    return [
      "Errors are not counted: the function that raises could not be found in this build, or other interpreters run beside the GIL under which it may be patched.",
    ];
  return severalInterpreters(interpreter)
    ? ["Errors raised in interpreters besides the main one count as dropped."]
    : [];
}

function jitIsOn(): boolean {
  const value = new NativeFunction(required("getenv"), "pointer", ["pointer"])(Memory.allocUtf8String("PYTHON_JIT"));
  return !value.isNull() && value.readUtf8String() === "1";
}
