// The engine's wish for a snapshot in; a child of the target that walks the heap beside it, and what it writes, out. The target's own threads wait only
// while the child is made. Next: main.ts sends each part; engine/session/heap-take.ts stores it.
import { type HeapBegun, type HeapPart, type HeapRequest, heapPartBytes } from "../shared/heap-protocol.ts";
import { heapFailures } from "./core/heap.ts";
import { fillHeapTarget } from "./heap-target.ts";
import type { Armament } from "./install.ts";
import { heapLayoutOf } from "./layout/heap-layout.ts";
import { refuse } from "./refusal.ts";

export interface HeapWalks {
  begin(request: HeapRequest): HeapBegun;
  /** The next part, and the bytes of it. */
  part(): readonly [HeapPart, ArrayBuffer];
  /** No child is left. */
  stop(): void;
}

/** What waiting for bytes may keep the agent from its other work. */
const patienceMs = 20;
const lookEveryMs = 200;
/** Between the last byte and the end of the child. */
const endMs = 2000;
const nothing = new ArrayBuffer(0);
const kernelWords: Readonly<Record<number, string>> = {
  1: "the kernel does not allow it (EPERM)",
  11: "the limit on processes is reached (EAGAIN)",
  12: "there is no memory for it (ENOMEM)",
  24: "it has too many open files (EMFILE)",
  38: "the kernel does not allow it (ENOSYS)",
};

interface Walk {
  readonly pid: number;
  readonly until: number;
  readonly mostBytes: number;
  readonly timer: ReturnType<typeof setInterval>;
  childBytes: number;
  ended: string | undefined;
}

export function heapWalks({ interpreter, layout, core, gil }: Omit<Armament, "request">): HeapWalks {
  const buffer = Memory.alloc(heapPartBytes);
  let walk: Walk | undefined;

  function stop(): void {
    if (walk === undefined) return;
    clearInterval(walk.timer);
    core.heap.kill();
    core.heap.end();
    walk = undefined;
  }

  function begin(request: HeapRequest): HeapBegun {
    stop();
    const offsets = heapLayoutOf(interpreter.versionHex, interpreter.runtime);
    if (offsets === undefined || gil.gone) return refuse("not-ready");
    const target = fillHeapTarget(interpreter, layout, offsets, request);
    const { pid, at, until } = gil.with(() => {
      const from = core.now();
      const made = core.heap.begin(target);
      return { pid: made, at: from, until: core.now() };
    });
    if (pid < 0) return refuse("snapshot-refused", { why: kernelWords[-pid] ?? `the kernel says no (${-pid})` });
    walk = {
      pid,
      until: Date.now() + request.deadlineMs,
      mostBytes: request.mostBytes,
      timer: setInterval(look, lookEveryMs),
      childBytes: 0,
      ended: undefined,
    };
    return { kind: "walking", at, pauseMs: (until - at) / 1e6 };
  }

  /** The clock and the child's memory: what the program writes meanwhile is the child's to keep. */
  function look(): void {
    if (walk === undefined || walk.ended !== undefined) return;
    walk.childBytes = Math.max(walk.childBytes, ownBytes(walk.pid));
    if (walk.childBytes > walk.mostBytes)
      walk.ended = `it needed more than ${Math.round(walk.mostBytes / 1e6)} MB of memory`;
    else if (Date.now() > walk.until) walk.ended = "it took too long";
    if (walk.ended !== undefined) core.heap.kill();
  }

  function part(): readonly [HeapPart, ArrayBuffer] {
    if (walk === undefined) return [{ kind: "failed", why: "nothing is being walked" }, nothing];
    const length = core.heap.read(buffer, heapPartBytes, patienceMs);
    if (length >= 0 && walk.ended === undefined) return [{ kind: "more" }, buffer.readByteArray(length) ?? nothing];
    const last = ending(walk);
    stop();
    return [last, nothing];
  }

  function ending({ ended, childBytes }: Walk): HeapPart {
    if (ended !== undefined) return { kind: "failed", why: ended };
    const status = awaitEnd(() => core.heap.reap());
    const { done, failed, ...told } = core.heap.progress();
    if (done) return { kind: "whole", ...told, childBytes };
    const said = heapFailures[failed] ?? "";
    if (said !== "") return { kind: "failed", why: said };
    return { kind: "failed", why: status === undefined ? "it did not end" : `signal ${status & 127} ended it` };
  }
  return { begin, part, stop };
}

function awaitEnd(reap: () => number | undefined): number | undefined {
  const until = Date.now() + endMs;
  for (let status = reap(); ; status = reap()) {
    if (status !== undefined || Date.now() > until) return status;
    Thread.sleep(0.001);
  }
}

/** Pages that it alone has: written by it, or kept as they were when the target wrote to them. */
function ownBytes(pid: number): number {
  try {
    const text = File.readAllText(`/proc/${pid}/smaps_rollup`);
    return Number(/^Private_Dirty:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
