// A poll and its pace in, what it knows out: nothing newer while the display is frozen. Next: views.
import { useEffect, useSyncExternalStore } from "react";
import type { Loadable } from "../logic/loadable.ts";
import { useApp } from "./app-context.ts";
import type { Readable } from "./cell.ts";
import type { Pace, Poll } from "./poll.ts";

export function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get);
}

/** Also while the display is frozen. */
export function usePace(poll: Poll<unknown>, pace: Pace): void {
  useEffect(() => poll.pace(pace), [poll, pace]);
}

export function usePoll<T>(poll: Poll<T>, everyMs?: number): Loadable<T> {
  const isFrozen = useReadable(useApp().frozen) !== undefined;
  usePace(poll, isFrozen && everyMs !== undefined ? "held" : everyMs);
  return useReadable(poll);
}
