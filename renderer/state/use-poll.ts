// A poll and its pace in, what it knows out. Next: views.
import { useEffect, useSyncExternalStore } from "react";
import type { Loadable } from "../logic/loadable.ts";
import type { Readable } from "./cell.ts";
import type { Poll } from "./poll.ts";

export function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get);
}

export function usePoll<T>(poll: Poll<T>, everyMs?: number): Loadable<T> {
  useEffect(() => poll.pace(everyMs), [poll, everyMs]);
  return useReadable(poll);
}
