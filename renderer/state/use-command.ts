// The screen that is shown in, the command that shows the same in a terminal out. Asked once, by views/App.tsx.
import { useMemo } from "react";
import { commandOf } from "../logic/command.ts";
import { known } from "../logic/loadable.ts";
import { isLive } from "../logic/recording.ts";
import { useApp } from "./app-context.ts";
import { createPoll } from "./poll.ts";
import { usePoll } from "./use-poll.ts";
import { usePresent, useShown } from "./use-recording.ts";
import { useRoute } from "./use-route.ts";

/** Undefined where there is nothing to show. */
export function useCommand(): string | undefined {
  const { bridge } = useApp();
  const route = useRoute();
  const path = "path" in route ? route.path : undefined;
  const state = usePresent(path);
  const shown = useShown(path);
  const library = known(usePoll(useMemo(() => createPoll(bridge, "library.state", {}), [bridge])));
  const livePid = state && isLive(state) ? state.target?.pid : undefined;
  return commandOf(route, { shown, livePid, home: library?.home });
}
