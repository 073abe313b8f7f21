// The path of a recording in, its marks and what can be done with them out; a command sets one. Next: views/marks, views/App.tsx.
import { useMemo } from "react";
import type { Mark } from "../../shared/marks.ts";
import { known, type Loadable } from "../logic/loadable.ts";
import { type Flag, flagsOf } from "../logic/marks.ts";
import { isLive } from "../logic/recording.ts";
import { useApp } from "./app-context.ts";
import type { MarkStore } from "./marks.ts";
import { useCommands } from "./use-commands.ts";
import { usePoll, useReadable } from "./use-poll.ts";
import { usePresent } from "./use-recording.ts";

const everyMs = 2000;

interface Used {
  readonly store: MarkStore;
  readonly list: Loadable<readonly Mark[]>;
  /** As they are shown: one that is being moved stands where it would come to stand. */
  readonly flags: readonly Flag[];
}

export function useMarks(path: string): Used {
  const store = useApp().marks.of(path);
  const state = usePresent(path);
  const list = usePoll(store.list, state && isLive(state) ? everyMs : undefined);
  const preview = useReadable(store.preview);
  const marks = known(list);
  const flags = useMemo(() => flagsOf(marks ?? [], preview), [marks, preview]);
  return { store, list, flags };
}

/** While it goes on the present is marked, afterwards the time that is pointed at. */
export function useMarkCommand(path: string | undefined): void {
  const { marks } = useApp();
  const state = usePresent(path);
  const shown = path ?? state?.path;
  const goesOn = state?.phase === "recording" && isLive(state);
  const press = (store: MarkStore) => {
    const pointed = store.pointed.get();
    if (goesOn) void store.set();
    else if (pointed !== undefined) void store.set(pointed);
    else marks.said.set("not marked: point at a time axis, or type a time in the list of marks");
  };
  useCommands({ "mark.set": shown === undefined ? undefined : () => press(marks.of(shown)) });
}
