// Threads in, the names by which one speaks of them out: Python's, else the kernel's, always with the id. Next: views/gil.
import type { LaneHead } from "./strip.ts";

export interface ThreadName {
  readonly threadId: number;
  /** May come from the target. */
  readonly text: string;
  /** Whose word it is; the kernel's and none are set in grey. */
  readonly by: "python" | "kernel" | "nobody";
}
export type ThreadNames = ReadonlyMap<number, ThreadName>;

interface Named {
  readonly threadId: number;
  readonly name: string | null | undefined;
  readonly kernelName: string | null | undefined;
}

export function threadName({ threadId, name, kernelName }: Named): ThreadName {
  if (name) return { threadId, text: name, by: "python" };
  return kernelName ? { threadId, text: kernelName, by: "kernel" } : { threadId, text: "unnamed", by: "nobody" };
}

export function namesOf(threads: readonly Named[], heads: readonly LaneHead[] = []): ThreadNames {
  return new Map([...heads, ...threads].map((thread) => [thread.threadId, threadName(thread)]));
}

export const nameOf = (names: ThreadNames, threadId: number): ThreadName =>
  names.get(threadId) ?? { threadId, text: "unnamed", by: "nobody" };

/** A name that two threads share says nothing without the id. */
export function spoken(names: ThreadNames, threadId: number): string {
  const own = nameOf(names, threadId);
  const shared = [...names.values()].filter((other) => other.text === own.text).length > 1;
  return shared || own.by !== "python" ? `${own.text} ${threadId}` : own.text;
}
