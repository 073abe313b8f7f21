// A thread that runs in, its instruction and the top of its stack out: one sample of the kernel's perf events, which copies both where the
// thread is interrupted anyway (perf_event_open(2)). Undefined where the kernel or a container does not allow it. Used by native-stack.ts.
import { global } from "./libc.ts";

export interface StackTop {
  readonly instruction: NativePointer;
  readonly words: DataView;
}

const systemCall: Readonly<Record<string, number>> = { x64: 298, arm64: 241 };
/** Bits of asm/perf_regs.h: stack pointer, instruction pointer; they come in this order. */
const registers: Readonly<Record<string, bigint>> = { x64: 0x180n, arm64: 0x180000000n };
const attribute = { type: 0, size: 4, period: 16, sampleType: 24, flags: 40, registers: 80, stack: 88, bytes: 112 };
const SOFTWARE = 1; // its event 0 is the processor's clock
const REGISTERS_AND_STACK = (1 << 12) | (1 << 13);
const EXCLUDE_KERNEL_AND_HYPERVISOR = (1 << 5) | (1 << 6);
const CLOSE_ON_EXEC = 8;
const periodNs = 50_000;
const stackBytes = 4096;
const pages = { control: 1, data: 4 };
const headOffset = 1024;
/** Looked for so often, at most as long as a thread that runs needs to be seen once. */
const looks = 10;
const lookSeconds = 0.0002;

export function runningStack(tid: number): StackTop | undefined {
  const fd = open(tid);
  if (fd < 0) return undefined;
  const bytes = (pages.control + pages.data) * Process.pageSize;
  const ring = mmap()(NULL, bytes, 3, 1, fd, 0);
  try {
    return ring.equals(ptr(-1)) ? undefined : firstSample(ring);
  } finally {
    if (!ring.equals(ptr(-1))) new NativeFunction(required("munmap"), "int", ["pointer", "size_t"])(ring, bytes);
    new NativeFunction(required("close"), "int", ["int"])(fd);
  }
}

const required = (name: string): NativePointer => global(name) ?? NULL;
const mmap = () => new NativeFunction(required("mmap"), "pointer", ["pointer", "size_t", "int", "int", "int", "int64"]);

function open(tid: number): number {
  const number = systemCall[Process.arch];
  const wanted = registers[Process.arch];
  if (number === undefined || wanted === undefined) return -1;
  const attributes = Memory.alloc(attribute.bytes);
  attributes.add(attribute.type).writeU32(SOFTWARE);
  attributes.add(attribute.size).writeU32(attribute.bytes);
  attributes.add(attribute.period).writeU64(periodNs);
  attributes.add(attribute.sampleType).writeU64(REGISTERS_AND_STACK);
  attributes.add(attribute.flags).writeU64(EXCLUDE_KERNEL_AND_HYPERVISOR);
  attributes.add(attribute.registers).writeU64(uint64(wanted.toString()));
  attributes.add(attribute.stack).writeU32(stackBytes);
  const call = new NativeFunction(required("syscall"), "long", ["long", "pointer", "int", "int", "int", "ulong"]);
  return Number(call(number, attributes, tid, -1, -1, CLOSE_ON_EXEC));
}

/** perf_event_header (8 bytes), ABI, stack pointer, instruction pointer, size of the stack, the stack. */
function firstSample(ring: NativePointer): StackTop | undefined {
  for (let look = 0; ring.add(headOffset).readU64().equals(0); look++) {
    if (look >= looks) return undefined;
    Thread.sleep(lookSeconds);
  }
  const sample = ring.add(pages.control * Process.pageSize);
  const hasRegisters = !sample.add(8).readU64().equals(0);
  const length = sample.add(32).readU64().toNumber();
  if (!hasRegisters || length > stackBytes) return undefined;
  const words = sample.add(40).readByteArray(length);
  return words === null ? undefined : { instruction: sample.add(24).readPointer(), words: new DataView(words) };
}
