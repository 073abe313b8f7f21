// An interpreter in, the place of its running thread state in static TLS out, as an offset from the thread pointer; undefined when it cannot be told.
// PyThreadState_GetUnchecked in a shared libpython calls __tls_get_addr each time, 5 % of an allocating program's time. Next: target.ts.
import type { Gil } from "./gil.ts";
import { exported, type Interpreter } from "./interpreter.ts";
import { global } from "./libc.ts";

/** Static TLS lies below the thread pointer on x86-64 (ELF TLS variant II); libpython's is among the first. */
const searched = 4096;

/** Taken only when one word alone is the thread state while this thread holds the GIL, and NULL while it does not: twice. */
export function currentThreadOffset(interpreter: Interpreter, gil: Gil): number | undefined {
  const current =
    exported(interpreter.module, "PyThreadState_GetUnchecked") ??
    exported(interpreter.module, "_PyThreadState_UncheckedGet");
  const self = global("pthread_self");
  if (Process.arch !== "x64" || current === null || self === undefined) return undefined;
  const pointer = new NativeFunction(self, "pointer", [])();
  const thread = new NativeFunction(current, "pointer", []);
  if (!pointer.readPointer().equals(pointer)) return undefined; // glibc and musl keep the thread pointer at itself
  const held = () => gil.with(() => offsetsOf(pointer, thread()));
  const once = held();
  const [offset, ...others] = once.filter((at) => pointer.add(at).readPointer().isNull());
  return offset !== undefined && others.length === 0 && held().includes(offset) ? offset : undefined;
}

/** What lies below is the thread's own stack, so every word is mapped. */
function offsetsOf(pointer: NativePointer, thread: NativePointer): readonly number[] {
  const words = Array.from({ length: searched / 8 }, (_, i) => -8 * (i + 1));
  return thread.isNull() ? [] : words.filter((at) => pointer.add(at).readPointer().equals(thread));
}

/** glibc keeps a thread's kernel id in its descriptor, which begins at the thread pointer on x86-64. */
const descriptorBytes = 2304;

/** Offset of the kernel's thread id from the thread pointer; undefined when it cannot be told. The core compares it again for each thread. */
export function threadIdOffset(): number | undefined {
  const self = global("pthread_self");
  if (Process.arch !== "x64" || self === undefined) return undefined;
  const pointer = new NativeFunction(self, "pointer", [])();
  if (!pointer.readPointer().equals(pointer)) return undefined;
  const id = Process.getCurrentThreadId();
  const found = Array.from({ length: descriptorBytes / 4 }, (_, i) => 4 * i).filter(
    (at) => pointer.add(at).readU32() === id,
  );
  const [offset, ...others] = found;
  return others.length === 0 ? offset : undefined;
}
