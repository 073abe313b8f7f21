// A thread in, the return addresses into C on its stack out, the innermost first, read without stopping it: /proc tells the stack pointer of
// one that sleeps in the kernel, a sample of perf events that of one that runs. Used by samples.ts.
import type { Core } from "./core/core.ts";
import { runningStack, type StackTop } from "./running-stack.ts";

const scannedBytes = 4096;
const mostFrames = 24;

export function nativeStack(core: Core, tid: number, modules: readonly Module[]): string[] {
  const top = sleepingStack(core, tid) ?? runningStack(tid);
  if (top === undefined) return [];
  const code = modules.map(({ base, size }) => ({ base, end: base.add(size) }));
  const inModule = (at: NativePointer) => code.some(({ base, end }) => at.compare(base) >= 0 && at.compare(end) < 0);
  const found = [top.instruction];
  for (let at = 0; at + 8 <= top.words.byteLength && found.length < mostFrames; at += 8) {
    const word = ptr(`0x${top.words.getBigUint64(at, true).toString(16)}`);
    if (inModule(word) && followsCall(core, word)) found.push(word);
  }
  return found.map((address) => address.toString());
}

/** A thread in a system call is told as "NR ARGUMENTS… SP PC" (proc(5)), else as "running". */
function sleepingStack(core: Core, tid: number): StackTop | undefined {
  try {
    const words = File.readAllText(`/proc/self/task/${tid}/syscall`).trim().split(" ");
    const [stack, instruction] = words.slice(-2);
    if (words.length < 3 || stack === undefined || instruction === undefined) return undefined;
    return { instruction: ptr(instruction), words: new DataView(core.read(ptr(stack), scannedBytes)) };
  } catch {
    return undefined;
  }
}

/** Longest form of an indirect call; a direct one has five bytes. */
const longestCall = 7;

/** A word that looks like an address of code is a return address only right after a call. */
function followsCall(core: Core, address: NativePointer): boolean {
  const bytes = new Uint8Array(core.read(address.sub(longestCall), longestCall));
  if (bytes.length < longestCall) return false;
  if (Process.arch === "arm64") return isArmCall(new DataView(bytes.buffer).getUint32(longestCall - 4, true));
  if (bytes[longestCall - 5] === 0xe8) return true;
  return [2, 3, 4, 6, 7].some((length) => {
    const at = longestCall - length;
    return bytes[at] === 0xff && (((bytes[at + 1] ?? 0) >>> 3) & 7) === 2;
  });
}

/** BL and BLR. */
const isArmCall = (word: number): boolean => word >>> 26 === 0x25 || (word & 0xfffffc1f) >>> 0 === 0xd63f0000;
